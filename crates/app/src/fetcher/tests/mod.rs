mod addresses;
mod http;
mod server;
mod tls;
