//! As little of a browser as measuring takes: one kept-alive connection.

use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

/// Why a measurement stopped.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A connection to the server.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// `name=value` of every cookie that is set.
    cookies: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The answer, if it is a page.
    pub(crate) fn good(self) -> Result<Self, Failure> {
        if self.status == 200 { Ok(self) } else { Err(format!("answered with status {}", self.status).into()) }
    }
}

impl Client {
    pub(crate) async fn connect(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_owned() })
    }

    pub(crate) async fn get(&mut self, path: &str, cookie: &str) -> Result<Answer, Failure> {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n", self.host);
        self.stream.write_all(head.as_bytes()).await?;
        self.answer().await
    }

    /// Signs in through the form; answers the cookies of the session.
    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Result<String, Failure> {
        let page = self.get("/sign-in", "").await?.good()?;
        let text = String::from_utf8(page.body)?;
        let (_, rest) = text.split_once("name=\"csrf_token\" value=\"").ok_or("the form has no token")?;
        let token = rest.split('"').next().unwrap_or_default();
        let body = format!("csrf_token={token}&next=&email={}&password={password}", email.replace('@', "%40"));
        let (host, cookies) = (&self.host, page.cookies.join("; "));
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookies}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.write_all(head.as_bytes()).await?;
        let answer = self.answer().await?;
        if answer.status != 303 {
            return Err(format!("signing in was answered with status {}", answer.status).into());
        }
        Ok(answer.cookies.join("; "))
    }

    async fn answer(&mut self) -> Result<Answer, Failure> {
        let mut answer = Answer { status: 0, cookies: Vec::new(), body: Vec::new() };
        let mut length = None;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).await?;
            let line = line.trim_end();
            if answer.status == 0 {
                answer.status = line.split(' ').nth(1).ok_or("this is not HTTP")?.parse()?;
                continue;
            }
            let Some((name, value)) = line.split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Some(value.parse()?),
                "set-cookie" => answer.cookies.extend(value.split(';').next().map(str::to_owned)),
                _ => {}
            }
        }
        answer.body.resize(length.ok_or("the answer does not say how long it is")?, 0);
        self.stream.read_exact(&mut answer.body).await?;
        Ok(answer)
    }
}
