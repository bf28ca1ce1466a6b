/**
 * The supervisor: a small process of its own, one for each running server. It starts PostgreSQL, counts who holds it
 * (attachment.ts) and stops it when nobody does. It outlives a kill -9 of the program that started it by as long as the
 * stopping takes.
 *
 * It runs from a text (`node -e`), since there is no file of it that could be run both from a checkout (TypeScript) and
 * from a package (JavaScript). Its command line holds paths and settings, no secret; its environment is empty.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { attach, type Attachment } from './attachment.js';
import type { Binaries } from './binaries.js';
import type { Home } from './home.js';
import { childEnvironment } from './run.js';
import { dataArgument, identity, type ServerUser } from './server-user.js';
import { serverSettings } from './settings.js';
import { controlSocket, makeSocketFolder, removeSocketFolder, socketFiles } from './socket-folder.js';

export interface StartPlan {
  readonly home: Home;
  readonly user: ServerUser;
  readonly binaries: Binaries;
  readonly settings: Readonly<Record<string, string>> | undefined;
}

/** Above this the log of the server is put aside at a start, one generation. */
const LOG_BYTES = 5_000_000;

/**
 * In this order: listen, so that a postmaster.pid never speaks of a socket folder without a supervisor; start the
 * server; stop it when its holders are gone; clean up; end. The standard input is held by the program that starts us
 * until it is connected.
 */
const SUPERVISOR = `
const { spawn } = require('node:child_process');
const { chownSync, rmSync, rmdirSync, utimesSync } = require('node:fs');
const net = require('node:net');
const plan = JSON.parse(process.argv[1]);
process.title = 'twe: supervisor of ' + plan.data;
const connections = new Set();
let holders = 1;
let stopping = false;
let server;

function letGo() {
  holders -= 1;
  if (holders === 0) stop();
}
function stop() {
  if (stopping) return;
  stopping = true;
  if (!server) return end(0);
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), plan.patienceMs).unref();
  setTimeout(() => server.kill('SIGKILL'), plan.patienceMs + 10000).unref();
}
function end(code) {
  for (const name of plan.sockets) rmSync(name, { force: true });
  try { rmdirSync(plan.socketFolder); } catch {}
  for (const connection of connections) connection.end('farewell');
  process.exit(code);
}
function hold(connection) {
  connection.on('error', () => connection.destroy());
  if (stopping) return connection.destroy();
  holders += 1;
  connections.add(connection);
  let held = true;
  const leave = () => {
    if (!held) return;
    held = false;
    letGo();
    if (!stopping) connection.end('farewell');
  };
  connection.once('end', leave);
  connection.once('close', () => { leave(); connections.delete(connection); });
  connection.resume();
  connection.write('held');
}
let started = true;
const starterGone = () => { if (started) { started = false; letGo(); } };
process.stdin.on('end', starterGone).on('error', starterGone).on('close', starterGone).resume();
process.stdout.on('error', () => {});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);

net.createServer({ allowHalfOpen: true }, hold).listen(plan.control, () => {
  // Root may run the server of a user, who must be able to join it.
  if (plan.identity.uid) chownSync(plan.control, plan.identity.uid, plan.identity.gid);
  // What tidies up temporary folders goes by age.
  setInterval(() => utimesSync(plan.control, new Date(), new Date()), 3600000).unref();
  process.stdout.write('listening');
  if (stopping) return end(0);
  server = spawn(plan.command, plan.args, { ...plan.identity, cwd: plan.data, stdio: ['ignore', 2, 2] });
  server.on('error', (error) => { console.error('FATAL:  PostgreSQL could not be started: ' + error.message); end(1); });
  server.on('exit', (code) => end(code === 0 ? 0 : 1));
});
`;

/** How long a server may take to write everything down before it is stopped by force. */
const PATIENCE_MS = 60_000;

export interface Started {
  readonly socketFolder: string;
  /** Undefined when it ended before we could hold it. */
  readonly attachment: Attachment | undefined;
  /** Why it ended, in the words of PostgreSQL, when it did. */
  reason(): string;
}

/** Starts a server on a data folder and holds it; whether it gets ready is for the caller to see. */
export async function startServer(plan: StartPlan): Promise<Started> {
  const socketFolder = await makeSocketFolder(plan.home, plan.user);
  const log = openLog(plan.home);
  const child = spawnSupervisor(plan, socketFolder, log.descriptor);
  closeSync(log.descriptor);
  const attachment = (await listens(child)) ? await attach(controlSocket(socketFolder)) : 'nobody';
  child.stdin!.destroy();
  child.stdout!.destroy();
  child.unref();
  const reason = () => reasonIn(plan.home.log, log.start);
  if (typeof attachment === 'object') return { socketFolder, attachment, reason };
  removeSocketFolder(socketFolder);
  return { socketFolder, attachment: undefined, reason };
}

function spawnSupervisor(plan: StartPlan, socketFolder: string, log: number): ChildProcess {
  const settings = { ...serverSettings(socketFolder), ...plan.settings };
  const orders = {
    command: plan.binaries.postgres,
    args: [
      '-D',
      dataArgument(plan.home.data),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    identity: identity(plan.user),
    data: plan.home.data,
    control: controlSocket(socketFolder),
    socketFolder,
    sockets: socketFiles(socketFolder),
    patienceMs: PATIENCE_MS,
  };
  // Detached: what the terminal sends to its programs (Ctrl-C) is not for the server, which first lets them finish.
  return spawn(process.execPath, ['-e', SUPERVISOR, JSON.stringify(orders)], {
    cwd: '/',
    env: childEnvironment(),
    detached: true,
    stdio: ['pipe', 'pipe', log],
  });
}

/** Whether the supervisor got as far as listening. */
function listens(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.stdout!.once('data', () => resolve(true));
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(false));
  });
}

/** The log as something to write to, and where this start begins in it. */
function openLog(home: Home): { descriptor: number; start: number } {
  const size = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) renameSync(home.log, `${home.log}.1`);
  return { descriptor: openSync(home.log, 'a', 0o600), start: size > LOG_BYTES ? 0 : size };
}

/** What the server said last before it ended. */
function reasonIn(log: string, start: number): string {
  const lines = readFileSync(log).subarray(start).toString().split('\n');
  const fatal =
    lines.filter((line) => /FATAL:|PANIC:|^\w*Error:/.test(line)).at(-1) ?? lines.filter((line) => line !== '').at(-1);
  return fatal?.replace(/^.*?(FATAL|PANIC): +/, '') ?? 'it gave no reason';
}
