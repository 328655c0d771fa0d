/** What each byte does in JSON outside of strings. */

/** Nothing, opens or closes a container, opens a string, or is not JSON at all. */
export const NEUTRAL = 0
export const OPENS = 1
export const CLOSES = 2
export const QUOTES = 3
export const FOREIGN = 4

/**
 * The role of each byte. Comments and single quotes are foreign and refused, since a parser that took them would see
 * other members than this scan does.
 */
export const ROLE: Uint8Array = new Uint8Array(256).fill(FOREIGN)
for (const character of ' \t\n\r,:0123456789+-.eEtrufalsn') ROLE[character.charCodeAt(0)] = NEUTRAL
for (const character of '{[') ROLE[character.charCodeAt(0)] = OPENS
for (const character of '}]') ROLE[character.charCodeAt(0)] = CLOSES
ROLE['"'.charCodeAt(0)] = QUOTES
