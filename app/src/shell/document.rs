//! The HTML document.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{App, Site, kit::Look};

/// The document around the application. Theme and density are on it from the first byte, so that nothing flashes.
#[must_use]
pub fn document(site: &Site) -> impl IntoView + use<> {
    let Site { js, wasm, loader, css, echarts, bench } = site.clone();
    let look = Look::remembered();
    #[cfg(feature = "ssr")]
    if let Some(nonce) = use_nonce() {
        crate::server_side::guard_page(&nonce);
    }
    let start = format!("import*as m from'{js}';m.default({{module_or_path:'{wasm}'}}).then(()=>m.hydrate())");
    view! {
        <!DOCTYPE html>
        <html
            lang="en"
            dir="ltr"
            data-theme=look.theme.get_untracked().code()
            data-density=look.density.get_untracked().code()
            data-echarts=echarts
            data-bench=bench.then_some("")
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f7f7f8"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#131417"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/takt.webmanifest"/>
                <link rel="stylesheet" href=css/>
                <link rel="modulepreload" href=js/>
                <link rel="modulepreload" href=loader/>
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <script type="module" nonce=use_nonce()>{start}</script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
