//! Collecting routes and mounting them. The only way to mount a handler is with its declaration.

use std::sync::Arc;

use axum::{
    Router,
    handler::Handler,
    middleware::from_fn_with_state,
    routing::{MethodFilter, MethodRouter, on},
};
use http::Method;

use crate::{
    Access, ApiDoc, BodyClass, CacheClass, CsrfClass, Kit, LimitClass, LimitKey, RouteEntry, Web, WebError,
    front::front, guard::guard,
};

/// Routes of a feature, or of all of them, whose handlers take the state `S`.
///
/// What follows a route (`limit`, `cache`, `audit`, ...) is about that route.
pub struct Routes<S> {
    mounted: Vec<(RouteEntry, MethodRouter<S>)>,
}

impl<S> Default for Routes<S> {
    fn default() -> Self {
        Self { mounted: Vec::new() }
    }
}

macro_rules! methods {
    ($($(#[$doc:meta])* $name:ident $api:ident $method:ident;)+) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
        where
            H: Handler<T, S>,
            T: 'static,
        {
            self.add(RouteEntry::new(path, Method::$method, access), on(MethodFilter::$method, handler))
        }
        /// As the one before, for a path under `/api/v1`, with its description.
        #[must_use]
        pub fn $api<H, T>(self, path: &'static str, access: Access, handler: H, doc: ApiDoc) -> Self
        where
            H: Handler<T, S>,
            T: 'static,
        {
            let entry = RouteEntry { api: Some(doc), ..RouteEntry::new(path, Method::$method, access) };
            self.add(entry, on(MethodFilter::$method, handler))
        }
    )+};
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    methods! {
        /// A route that shows something.
        get api_get GET;
        /// A route that changes something.
        post api_post POST;
        /// A route that puts something in place.
        put api_put PUT;
        /// A route that changes a part.
        patch api_patch PATCH;
        /// A route that removes something.
        delete api_delete DELETE;
    }

    fn add(mut self, entry: RouteEntry, handler: MethodRouter<S>) -> Self {
        self.mounted.push((entry, handler));
        self
    }

    fn last(mut self, change: impl FnOnce(&mut RouteEntry)) -> Self {
        if let Some((entry, _)) = self.mounted.last_mut() {
            change(entry);
        }
        self
    }

    /// The route takes from other buckets.
    #[must_use]
    pub fn limit(self, class: LimitClass) -> Self {
        self.last(|entry| entry.limit = class)
    }
    /// The route takes larger bodies.
    #[must_use]
    pub fn body(self, class: BodyClass) -> Self {
        self.last(|entry| entry.body = class)
    }
    /// The route's answer may be kept.
    #[must_use]
    pub fn cache(self, class: CacheClass) -> Self {
        self.last(|entry| entry.cache = class)
    }
    /// The route is protected from other sites in another way, for this reason.
    #[must_use]
    pub fn without_csrf(self, why: &'static str) -> Self {
        self.last(|entry| entry.csrf = CsrfClass::None(why))
    }
    /// The route leaves this audit entry.
    #[must_use]
    pub fn audit(self, event: &'static str) -> Self {
        self.last(|entry| entry.audit = Some(event))
    }

    /// These and others.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.mounted.extend(other.mounted);
        self
    }

    /// The declarations, in the order in which they were made.
    #[must_use]
    pub fn entries(&self) -> Vec<RouteEntry> {
        self.mounted.iter().map(|(entry, _)| entry.clone()).collect()
    }

    fn into_router(self) -> Router<S> {
        self.mounted.into_iter().fold(Router::new(), |router, (entry, handler)| {
            let path = entry.path;
            router.route(path, handler.route_layer(from_fn_with_state(Arc::new(entry), guard)))
        })
    }
}

/// The whole application as one router: every route behind its declaration, and around all of them what every answer
/// needs. A path that no route has answers 404, a method that it does not have 405.
///
/// # Panics
/// When two routes have the same path and method, as axum does: seen by the first test that builds the router.
pub fn assemble<S: Clone + Send + Sync + 'static>(kit: Arc<Kit>, routes: Routes<S>, state: S) -> Router {
    routes
        .into_router()
        .fallback(nowhere)
        .method_not_allowed_fallback(not_that_way)
        .layer(from_fn_with_state(kit, front))
        .with_state(state)
}

/// Where no route is. Whoever is signed in is looked up all the same, so that the error page has its navigation.
async fn nowhere(web: Web) -> WebError {
    if let Err(seconds) = web.kit().limits().check(LimitClass::Pages, LimitKey::address(web.client())) {
        return WebError::too_many_requests(seconds);
    }
    web.identify().await.err().unwrap_or_else(WebError::not_found)
}

async fn not_that_way() -> WebError {
    WebError::method_not_allowed()
}
