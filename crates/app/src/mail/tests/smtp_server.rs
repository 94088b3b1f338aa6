//! A mail server on loopback that does as a test tells it.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Clone, Default)]
struct Book {
    /// What is answered to the next mails; afterwards every mail is taken.
    answers: Arc<Mutex<VecDeque<&'static str>>>,
    /// The mails that were taken: envelope and content.
    taken: Arc<Mutex<Vec<String>>>,
}

pub(super) struct SmtpServer {
    address: SocketAddr,
    book: Book,
}

impl SmtpServer {
    /// A server that gives these answers to the first mails, such as `451 later`.
    pub(super) async fn answering(answers: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let book = Book { answers: Arc::new(Mutex::new(answers.iter().copied().collect())), ..Book::default() };
        let shared = book.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, shared.clone()));
            }
        });
        Self { address, book }
    }

    pub(super) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub(super) fn taken(&self) -> Vec<String> {
        self.book.taken.lock().unwrap().clone()
    }
}

async fn converse(stream: TcpStream, book: Book) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test\r\n").await?;
    let mut mail = String::new();
    while let Some(line) = lines.next_line().await? {
        let answer = match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => "250-test\r\n250 8BITMIME".to_owned(),
            "MAIL" | "RCPT" => {
                mail.push_str(&format!("{line}\n"));
                "250 ok".to_owned()
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    mail.push_str(&format!("{line}\n"));
                }
                let mail = std::mem::take(&mut mail);
                let answer = book.answers.lock().unwrap().pop_front().unwrap_or("250 taken");
                if answer.starts_with("250") {
                    book.taken.lock().unwrap().push(mail);
                }
                answer.to_owned()
            }
            "RSET" => {
                mail.clear();
                "250 ok".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => "250 ok".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
