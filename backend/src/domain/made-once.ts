/** What is made of an object again and again, and comes out the same. */

/**
 * Keeps what was last made of each object, as long as the object itself is kept, and makes it anew only for other terms.
 * What is made the first time is not kept: of an object that nothing is made of again it would only take room, and a
 * thousand streams that are under way each have some.
 * @param isSame whether what was made for the one terms is right for the others.
 */
export function madeOnce<Source extends object, Made>(
  make: (source: Source) => Made,
): (source: Source) => Made
export function madeOnce<Source extends object, Made, Terms>(
  make: (source: Source, terms: Terms) => Made,
  isSame?: (one: Terms, other: Terms) => boolean,
): (source: Source, terms: Terms) => Made
export function madeOnce<Source extends object, Made, Terms>(
  make: (source: Source, terms: Terms) => Made,
  isSame: (one: Terms, other: Terms) => boolean = Object.is,
): (source: Source, terms: Terms) => Made {
  const last = new WeakMap<Source, { readonly terms: Terms; readonly made: Made } | null>()
  return (source, terms) => {
    const known = last.get(source)
    if (known && isSame(known.terms, terms)) return known.made
    const made = make(source, terms)
    last.set(source, known === undefined ? null : { terms, made })
    return made
  }
}
