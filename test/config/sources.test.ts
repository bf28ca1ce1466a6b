/** `feeds.sources`: what may stand there, and that no secret may. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceList } from '../../src/config/sources.js';
import { loadConfig } from '../../src/config.js';

const KEY = `SHA256:${'A'.repeat(43)}`;
const SFTP = { kind: 'sftp', host: 'files.example', user: 'twe', path: '/out/', host_key: KEY, password_env: 'PW' };
const HTTPS = { kind: 'https', url: 'https://files.example/feeds/', token_env: 'TOKEN', ca_file: 'ca.pem' };

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'twe-config-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function load(json: object, feeds?: string) {
  writeFileSync(join(cwd, 'twe.config.json'), JSON.stringify(json));
  return loadConfig({ cwd, feeds, env: { TWE_HOME: 'home' } });
}

describe('sources in the configuration', () => {
  it('have limits by default, and end in the inbox of the home', () => {
    const { feedsSource, feedsSources } = load({ 'feeds.sources': [{ kind: 'folder', path: 'drop' }, SFTP, HTTPS] });
    expect(feedsSource).toBe(join(cwd, 'home', 'inbox'));
    expect(feedsSources).toMatchObject([
      { kind: 'folder', path: join(cwd, 'drop'), maxFileBytes: 1024 ** 3, attempts: 5, timeoutSeconds: 30 },
      { kind: 'sftp', port: 22, path: '/out', hostKeys: [KEY], passwordEnv: 'PW', settleSeconds: 60 },
      { kind: 'https', url: 'https://files.example/feeds', caFile: join(cwd, 'ca.pem'), nightSeconds: 3600 },
    ]);
  });

  it('end in another inbox when it is named; --feeds is read as it lies there', () => {
    const json = { 'feeds.sources': [SFTP], 'feeds.inbox': 'in' };
    expect(load(json).feedsSource).toBe(join(cwd, 'in'));
    expect(load(json, 'feeds')).toMatchObject({ feedsSource: join(cwd, 'feeds'), feedsSources: [] });
    expect(load({ 'feeds.source': 'feeds' }).feedsSources).toEqual([]);
  });

  it('do not stand beside feeds.source', () => {
    expect(() => load({ 'feeds.sources': [SFTP], 'feeds.source': 'feeds' })).toThrow(
      'feeds.source: given beside feeds.sources. Give feeds.source for a folder',
    );
  });

  it.each([
    [[SFTP, { kind: 'ftp' }], 'source 2: kind must be "folder", "sftp" or "https"'],
    [
      [{ ...SFTP, password: 'hush' }],
      'source 1: password is a secret: put it into an environment variable and name that',
    ],
    [[{ ...SFTP, password_env: 'hush hush' }], 'source 1: password_env must be the name of an environment variable'],
    [[{ ...SFTP, host_key: 'MD5:hush' }], 'source 1: host_key must be the fingerprint of the host key'],
    [[{ ...SFTP, host_key: undefined }], 'source 1: host_key is missing'],
    [[{ ...SFTP, key_file: 'id' }], 'source 1: give either password_env or key_file'],
    [[{ ...SFTP, passphrase_env: 'P' }], 'source 1: passphrase_env belongs to key_file'],
    [[{ ...SFTP, port: 70_000 }], 'source 1: port must be a whole number from 1 to 65535'],
    [[{ ...HTTPS, url: 'http://files.example' }], 'source 1: url must be an https address without user'],
    [[{ ...HTTPS, url: 'https://u:hush@files.example' }], 'source 1: url must be an https address without user'],
    [[{ ...HTTPS, url: 'https://files.example/?t=hush' }], 'source 1: url must be an https address without user'],
    [[{ ...HTTPS, retries: 3 }], 'source 1: unknown key "retries"; known are kind, url, token_env, ca_file'],
    [[{ kind: 'folder', path: 'sftp://host/out' }], 'source 1: path must be a path'],
    [[], 'not a list with a source'],
  ])('%j is refused, without a word of what may be a secret', (json, problem) => {
    const read = sourceList.read(JSON.parse(JSON.stringify(json)));
    expect(read.ok).toBe(false);
    const told = read.ok ? '' : read.problem;
    expect(told).toContain(problem);
    expect(told).not.toContain('hush');
  });
});
