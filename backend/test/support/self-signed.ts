/** A TLS server whose certificate nobody vouches for, made on the spot: X.509 by hand, since Node only reads it. */
import { generateKeyPairSync, sign } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'

interface SelfSigned {
  readonly url: string
  /** In PEM, for who would trust it all the same. */
  readonly cert: string
  close(): Promise<void>
}

/**
 * Starts one on a free port of the loopback address.
 * @param onConnection without it, the server accepts connections and says nothing.
 */
export async function startSelfSigned(onConnection?: (socket: TLSSocket) => void): Promise<SelfSigned> {
  const made = selfSigned('127.0.0.1')
  const server = createServer(made, onConnection)
  // Whoever does not trust the certificate leaves in the middle of the handshake.
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cert: made.cert,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const DAY_MS = 86_400_000

/** Key and certificate in PEM; RFC 5280, section 4.1. */
function selfSigned(name: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const who = sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(name)))))
  const content = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    sequence(ECDSA_WITH_SHA256),
    who,
    sequence(utcTime(Date.now() - DAY_MS), utcTime(Date.now() + DAY_MS)),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(SUBJECT_ALT_NAME, tagged(0x04, sequence(LOOPBACK))))),
  )
  const signature = Buffer.concat([Buffer.of(0), sign('sha256', content, privateKey)])
  const certificate = sequence(content, sequence(ECDSA_WITH_SHA256), tagged(0x03, signature))
  const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

/** Object identifiers 1.2.840.10045.4.3.2 and 2.5.4.3 in DER. */
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')

/** Object identifier 2.5.29.17, and the address 127.0.0.1. */
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex')
const LOOPBACK = Buffer.from('87047f000001', 'hex')

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts))
const integer = (value: number): Buffer => tagged(0x02, Buffer.of(value))
/** `261122120000Z`. */
const utcTime = (ms: number): Buffer =>
  tagged(0x17, Buffer.from(`${new Date(ms).toISOString().replaceAll(/\D/g, '').slice(2, 14)}Z`))

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 0xff), content])
}
