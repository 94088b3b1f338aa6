mod http;
mod model;
mod service;
