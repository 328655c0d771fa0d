/** Why a database cannot be opened, in an operator's words, with what to do about it. */
import { StartFailure } from '../failures.ts'
import { sqliteFileIn } from './sqlite-connections.ts'

// https://www.sqlite.org/rescode.html; the lower byte is the kind, the rest a detail of it.
const SQLITE_ADVICE: Record<number, string> = {
  5: 'another program holds it locked. Is a second gateway running on the same DATA_DIR?',
  8: 'it is not writable. Give the gateway’s user the right to write the file and its folder.',
  10: 'the disk reports an error. Check it, and its free space.',
  11: 'it is damaged. Restore it from a backup, or move it away to begin anew.',
  13: 'the disk is full. Make room on it.',
  14: 'the file cannot be opened. Check that it is a file, and that the gateway’s user may read and write it and its folder.',
  26: 'it is not an SQLite database. Point DATA_DIR at another folder, or move the file away to begin anew.',
}

const FILE_ADVICE: Record<string, string> = {
  EACCES: 'the gateway’s user may not write there. Give it the right, or point DATA_DIR at another folder.',
  EPERM: 'the gateway’s user may not write there. Give it the right, or point DATA_DIR at another folder.',
  EROFS: 'the file system is read-only. Point DATA_DIR at a folder that can be written.',
  ENOENT: 'the folder cannot be made. Point DATA_DIR at another one.',
  EEXIST: 'DATA_DIR names a file. Point it at a folder.',
  ENOTDIR: 'a part of the path is a file. Point DATA_DIR at a folder.',
  EISDIR: 'it is a folder. Move it away, or point DATA_DIR at another folder.',
  ENOSPC: 'the disk is full. Make room on it.',
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html, and Node's own codes.
const POSTGRES_ADVICE: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there. Start the server, or correct host and port in DATABASE_URL.',
  ENOTFOUND: 'the host name is not known. Correct it in DATABASE_URL.',
  EAI_AGAIN: 'the host name cannot be looked up at the moment. Check the network’s name service.',
  ETIMEDOUT: 'the server does not answer. Check host, port and firewall.',
  '28P01': 'it refused the password. Correct user and password in DATABASE_URL.',
  '28000': 'it refused this user. Check user, SSL mode and the server’s pg_hba.conf.',
  '3D000': 'the database does not exist. Create it (createdb), or correct its name in DATABASE_URL.',
  '42501': 'the user may not create tables. Grant it CREATE on the schema.',
  '53300': 'it has no connection left. Raise max_connections, or stop other clients.',
}

/** `error` is what `connectSqlite` or the migration threw. */
export function explainSqliteFailure(dataDir: string, error: unknown): StartFailure {
  const advice = property(error, 'errcode', (code) => SQLITE_ADVICE[Number(code) & 0xff]) ?? fileAdvice(error)
  return new StartFailure(
    `The database ${sqliteFileIn(dataDir)} cannot be used: ${advice ?? wordsOf(error)}`,
    {
      cause: error,
    },
  )
}

/** `error` is what `connectPostgres` or the migration threw. Never names the password. */
export function explainPostgresFailure(databaseUrl: string, error: unknown): StartFailure {
  const advice = property(error, 'code', (code) => POSTGRES_ADVICE[String(code)]) ?? timeoutAdvice(error)
  return new StartFailure(
    `The PostgreSQL server at ${placeOf(databaseUrl)} cannot be used: ${advice ?? wordsOf(error)}`,
    {
      cause: error,
    },
  )
}

/** pg's own time-out comes without a code. */
const timeoutAdvice = (error: unknown): string | undefined =>
  /\btimeout\b/.test(wordsOf(error)) ? POSTGRES_ADVICE['ETIMEDOUT'] : undefined

const fileAdvice = (error: unknown): string | undefined =>
  property(error, 'code', (code) => FILE_ADVICE[String(code)])

function property<Value>(error: unknown, name: string, read: (value: unknown) => Value): Value | undefined {
  if (!(error instanceof Error)) return undefined
  const descriptor = Object.getOwnPropertyDescriptor(error, name)
  return descriptor === undefined ? undefined : read(descriptor.value)
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Host, port and database: all of the URL that may be shown. */
function placeOf(databaseUrl: string): string {
  const url = URL.parse(databaseUrl)
  return url === null ? 'DATABASE_URL' : `${url.host}${url.pathname}`
}
