/** What of a pod's trouble has room in the status bar: `ErrImagePull` of `ErrImagePull: rpc error: code = …`. */
export function shortTrouble(trouble: string): string {
  const [kind = trouble] = trouble.split(': ', 1);
  return kind.length <= 40 ? kind : `${kind.slice(0, 39)}…`;
}
