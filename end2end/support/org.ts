// An organisation for a test, made through the public API as a customer would.
import { type APIRequestContext, type APIResponse, type BrowserContext, expect, request } from '@playwright/test';
import { randomUUID } from 'node:crypto';

const PASSWORD = 'correct horse 4711';

export type Person = { name: string; email: string; password: string };

/** The owner of an organisation that nobody else uses, and the API with their token. */
export class Organization {
  private constructor(
    readonly url: string,
    readonly name: string,
    readonly owner: Person,
    readonly api: APIRequestContext,
  ) {}

  static async register(url: string, industry = 'press_shop'): Promise<Organization> {
    const tag = randomUUID().slice(0, 8);
    const name = `Presswerk ${tag}`;
    const owner = { name: 'Olga Owner', email: `owner-${tag}@takt.example`, password: PASSWORD };
    const door = await request.newContext({ baseURL: url });
    const answer = await door.post('/api/v1/auth/register', {
      data: {
        organization_name: name,
        owner_name: owner.name,
        owner_email: owner.email,
        owner_password: owner.password,
        industry,
      },
    });
    const { access_token } = await body<{ access_token: string }>(answer, 201);
    await door.dispose();
    const api = await request.newContext({ baseURL: url, extraHTTPHeaders: { authorization: `Bearer ${access_token}` } });
    return new Organization(url, name, owner, api);
  }

  /** Signs somebody in (the owner, if not said) without the log-in page, which has tests of its own. */
  async signIn(context: BrowserContext, who: Person = this.owner) {
    const answer = await context.request.post(`${this.url}/fn/identity/login`, {
      data: { given: { email: who.email, password: who.password } },
    });
    await body(answer, 200);
  }

  /** `POST`s to the API and answers with what it made. */
  async make<T>(path: string, data: unknown): Promise<T> {
    return body<T>(await this.api.post(`/api/v1${path}`, { data }), 201);
  }

  /** `PUT`s to the API. */
  async put<T>(path: string, data: unknown): Promise<T> {
    return body<T>(await this.api.put(`/api/v1${path}`, { data }), 200);
  }

  async get<T>(path: string): Promise<T> {
    return body<T>(await this.api.get(`/api/v1${path}`), 200);
  }

  async leave() {
    await this.api.dispose();
  }
}

/** The JSON of an answer that has the expected status; the whole answer is shown where it has not. */
export async function body<T>(answer: APIResponse, status: number): Promise<T> {
  const text = await answer.text();
  expect(answer.status(), `${answer.url()} answered: ${text}`).toBe(status);
  return (text ? JSON.parse(text) : undefined) as T;
}
