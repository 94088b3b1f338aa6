mod mailbox;
mod messages;
mod sending;
mod smtp_server;
