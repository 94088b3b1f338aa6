import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  body: string;
  status?: number;
  headers?: Record<string, string>;
}

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/** A server of the test's own on loopback: a channel's calendars, or the page of someone who means harm. */
export class LocalServer {
  readonly received: Received[] = [];
  private readonly answers = new Map<string, Answer>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<LocalServer> {
    const server = createServer();
    const local = new LocalServer(server);
    server.on("request", (request, response) => {
      const path = request.url ?? "/";
      local.received.push({ method: request.method ?? "", path, headers: request.headers });
      const answer = local.answers.get(path) ?? { status: 404, body: "" };
      response.writeHead(answer.status ?? 200, { "cache-control": "no-store", ...answer.headers }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return local;
  }

  /** Another origin, but the same site as the program under test: its Lax cookies are sent along. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Another site altogether. */
  get otherSite(): string {
    return this.origin.replace("127.0.0.1", "localhost");
  }

  /** Serves a calendar from now on, in place of an earlier one of that name; returns its address. */
  calendar(name: string, body: string, more: Omit<Answer, "body"> = {}): string {
    return this.answer(`/${name}.ics`, {
      ...more,
      body,
      headers: { "content-type": "text/calendar; charset=utf-8", ...more.headers },
    });
  }

  /** Serves a page from now on; returns its address. */
  page(name: string, body: string): string {
    return this.answer(`/${name}`, { body, headers: { "content-type": "text/html; charset=utf-8" } });
  }

  answer(path: string, answer: Answer): string {
    this.answers.set(path, answer);
    return this.origin + path;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
