/** The last field of the metadata of every object, as API servers write it. */
const begin = ',"managedFields":[{"manager":"';
/** Records hold no lists, and what is quoted in them has its quotes escaped: the first such place ends them. */
const end = ']}';

/**
 * The JSON text of an object without the records of who set which field. They are a third of what there is to read,
 * no row shows any of it, and their thousands of field names are the slowest part to read.
 */
export function withoutManagedFields(text: string): string {
  const from = text.indexOf(begin);
  if (from < 0) return text;
  const to = text.indexOf(end, from + begin.length);
  return to < 0 ? text : text.slice(0, from) + text.slice(to + 1);
}
