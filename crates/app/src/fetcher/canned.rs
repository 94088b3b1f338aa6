//! A fetcher for tests: answers what it was told to, and goes nowhere.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use url::Url;

use super::target::{self, Reach};
use super::{AddressError, FetchError, FetchRequest, Fetched, FetchedBody, Fetcher};

/// Answers by address; the address rules are the real ones. Clones share their answers.
#[derive(Clone, Default)]
pub(crate) struct CannedFetcher(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: HashMap<String, Result<Fetched, FetchError>>,
    requests: Vec<FetchRequest>,
}

impl CannedFetcher {
    /// From now on the address answers with this; one that was never given an answer is unreachable.
    pub(crate) fn answer(&self, address: &str, answer: Result<Fetched, FetchError>) {
        self.0.lock().unwrap().answers.insert(address.to_owned(), answer);
    }

    /// From now on the address answers with this body, without validators.
    pub(crate) fn body(&self, address: &str, bytes: impl Into<Vec<u8>>) {
        let body = FetchedBody { bytes: bytes.into(), etag: None, last_modified: None };
        self.answer(address, Ok(Fetched::Body(body)));
    }

    /// What was asked for so far.
    pub(crate) fn requests(&self) -> Vec<FetchRequest> {
        self.0.lock().unwrap().requests.clone()
    }
}

#[async_trait]
impl Fetcher for CannedFetcher {
    fn check(&self, address: &str) -> Result<Url, AddressError> {
        target::parse(address, Reach::PUBLIC)
    }

    async fn fetch(&self, request: &FetchRequest) -> Result<Fetched, FetchError> {
        self.check(&request.address)?;
        let mut state = self.0.lock().unwrap();
        state.requests.push(request.clone());
        state.answers.get(&request.address).cloned().unwrap_or(Err(FetchError::Unreachable))
    }
}

#[tokio::test]
async fn it_answers_what_it_was_told() {
    let fetcher = CannedFetcher::default();
    let request = FetchRequest { address: "https://example.com/a.ics".into(), ..FetchRequest::default() };
    assert_eq!(fetcher.fetch(&request).await, Err(FetchError::Unreachable));
    fetcher.body(&request.address, "BEGIN:VCALENDAR");
    assert!(matches!(fetcher.fetch(&request).await, Ok(Fetched::Body(body)) if body.bytes == b"BEGIN:VCALENDAR"));
    assert_eq!(fetcher.requests().len(), 2);
}
