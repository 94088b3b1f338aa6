import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Role = "manager" | "owner" | "staff" | "admin";

export interface Credentials {
  email: string;
  password: string;
}

/** Where the program under test answers and who may sign in: what it printed when it started. */
export interface Demo {
  address: string;
  credentials: Partial<Record<string, Credentials>>;
}

/** The variable that carries the Demo from the global setup to the workers. */
const VARIABLE = "DEMO";
/** Making the demo data takes a few seconds on a slow machine. */
const START_TIMEOUT_MS = 60_000;

/** The settings the tests need: calendars served by a test, and more sign-ins a minute than any person. */
const SETTINGS = {
  LANDLORD_FEEDS__ALLOW_LOCAL_ADDRESSES: "true",
  LANDLORD_LIMITS__CREDENTIALS_PER_MINUTE: "6000",
  LANDLORD_LIMITS__CREDENTIALS_BURST: "1000",
  LANDLORD_LIMITS__PAGES_PER_MINUTE: "60000",
  LANDLORD_LIMITS__PAGES_BURST: "10000",
  LANDLORD_LIMITS__API_PER_MINUTE: "60000",
  LANDLORD_LIMITS__API_BURST: "10000",
};

/** What the running demo printed; for tests. */
export function demo(): Demo {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("the program under test is not running");
  return JSON.parse(text) as Demo;
}

/** Starts `landlord demo` with new data on a free port; the function it returns stops it and removes the data. */
export default async function start(): Promise<() => Promise<void>> {
  const program = process.env.LANDLORD_BIN;
  if (!program) throw new Error("LANDLORD_BIN does not name the program: run `make e2e`");
  const data = await mkdtemp(join(tmpdir(), "landlord-e2e-"));
  const child = spawn(program, ["demo", "--listen", "127.0.0.1:0", "--data-dir", data], {
    cwd: data,
    env: { PATH: process.env.PATH, HOME: data, ...SETTINGS },
    stdio: ["ignore", "pipe", process.env.E2E_LOG ? "inherit" : "pipe"],
  });
  const log: string[] = [];
  if (child.stderr) createInterface(child.stderr).on("line", (line) => log.push(line));
  const stop = async () => {
    await end(child);
    await rm(data, { recursive: true, force: true });
  };
  try {
    process.env[VARIABLE] = JSON.stringify(await printed(child));
  } catch (error) {
    await stop();
    throw new Error(`${program} did not start: ${error}\n${log.slice(-40).join("\n")}`);
  }
  return stop;
}

/** Reads `listening: URL` and `sign-in: ROLE EMAIL PASSWORD` until both the address and every line before it are known. */
function printed(child: ChildProcess): Promise<Demo> {
  return new Promise((resolve, reject) => {
    const found: Demo = { address: "", credentials: {} };
    const timer = setTimeout(() => reject(new Error("it printed no address")), START_TIMEOUT_MS);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    child.on("error", (error) => settle(() => reject(error)));
    child.on("exit", (code) => settle(() => reject(new Error(`it ended with ${code}`))));
    if (!child.stdout) return;
    createInterface(child.stdout).on("line", (line) => {
      const [word, ...rest] = line.trim().split(/\s+/);
      if (word === "listening:") found.address = rest[0] ?? "";
      if (word === "sign-in:" && rest[0] && rest[1] && rest[2]) {
        found.credentials[rest[0]] = { email: rest[1], password: rest[2] };
      }
      // The two may come in either order; the administrator is the last role.
      if (found.address && found.credentials.admin) settle(() => resolve(found));
    });
  });
}

/** Asks the program to end, and makes it end when it does not. */
function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
