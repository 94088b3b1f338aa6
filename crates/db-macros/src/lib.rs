//! `#[db_test]`: one storage test, run on both databases. A crate of its own because the compiler asks that of attributes.

use proc_macro::{TokenStream, TokenTree};

/// Turns `async fn name(db: TestDb)` into the two tests `name::sqlite` and `name::postgres`, each on a fresh database.
#[proc_macro_attribute]
pub fn db_test(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut tokens = item.clone().into_iter();
    let name = loop {
        match tokens.next() {
            Some(TokenTree::Ident(word)) if word.to_string() == "fn" => break tokens.next(),
            Some(_) => {}
            None => break None,
        }
    };
    let Some(TokenTree::Ident(name)) = name else {
        return "compile_error!(\"#[db_test] goes on an async fn\");".parse().unwrap_or_default();
    };
    let tests = format!(
        "mod {name} {{
            #[tokio::test] async fn sqlite() {{ super::{name}(::db::testing::TestDb::sqlite().await).await }}
            #[tokio::test] async fn postgres() {{ super::{name}(::db::testing::TestDb::postgres().await).await }}
        }}"
    );
    let mut output = item;
    output.extend(tests.parse::<TokenStream>().unwrap_or_default());
    output
}
