/** The last field of the metadata of every object, as API servers write it. */
const begin = ',"managedFields":[{"manager":"';
/** What ends them where more of the object follows. Of what is quoted only the end of a text can look so: a manager's name. */
const end = '}]},"';
/** And where they are the last there is. */
const lastEnd = '}]}';

/**
 * The JSON text of an object without the records of who set which field. They are two fifths of what there is to read,
 * and no row shows any of it.
 */
export function withoutManagedFields(text: string): string {
  const from = text.indexOf(begin);
  if (from < 0) return text;
  const found = text.indexOf(end, from + begin.length);
  const to = found < 0 ? text.lastIndexOf(lastEnd) : found;
  return to < from ? text : text.slice(0, from) + text.slice(to + lastEnd.length - 1);
}

/**
 * Reads the JSON text of an object, as a rule without those records. Where they do not end as they seem to, what is left
 * is no JSON, whoever chose the names in them: then the whole is read. Throws a SyntaxError where that is none either.
 */
export function parseObject(text: string): unknown {
  const rest = withoutManagedFields(text);
  try {
    return JSON.parse(rest);
  } catch (error) {
    if (rest === text) throw error;
    return JSON.parse(text);
  }
}
