/** How the embedded PostgreSQL is set up: two cores, a few hundred megabytes, and nothing of the data at risk. */

/** The only role and the database that an embedded server starts with. */
export const SUPERUSER = 'twe';
export const DATABASE = 'postgres';

/** Settings given at every start, so that they change with the program and not with the age of the data folder. */
export function serverSettings(socketFolder: string): Record<string, string> {
  return {
    // Unix socket only; who may enter its folder may connect.
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: '256MB',
    effective_cache_size: '2GB',
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    // The disks of today: without it 1 % changed takes 5.1 s in place of 1.8 s.
    random_page_cost: '1.1',
    jit: 'off',
    // Shared memory for parallel queries: /dev/shm of a container is often 64 MB. macOS allows only 4 MB this way.
    dynamic_shared_memory_type: process.platform === 'linux' ? 'sysv' : 'posix',
    // Nothing replicates from here, so a COPY into a table of the same transaction writes no log. Still safe in a crash.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Errors of statements are told by the program. In the log of the server they would bring rows, with national numbers.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
}
