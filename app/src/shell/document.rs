//! The HTML document.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{App, Site};

/// The document around the application.
#[must_use]
pub fn document(site: &Site) -> impl IntoView + use<> {
    let Site { js, wasm, css, .. } = site.clone();
    let start = format!(
        "import init,{{hydrate}} from '{js}';init({{module_or_path:'{wasm}'}}).then(()=>{{hydrate();document.documentElement.dataset.hydrated='true'}});"
    );
    // Before the first paint, so that nobody sees the other theme flash by.
    let theme = "try{const t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch{}";
    let echarts = site.echarts.clone();
    view! {
        <!DOCTYPE html>
        <html lang="en" dir="ltr" data-echarts=echarts>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                <link rel="modulepreload" href=js />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
                <script nonce=use_nonce()>{theme}</script>
                <script type="module" nonce=use_nonce()>{start}</script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
