/** Names and messages of a cluster may hold `$(bug)`, which VS Code would draw as an icon: escaped, it stays text. */
export function withoutIcons(text: string): string {
  return text.replace(/\$\([A-Za-z0-9~-]+\)/g, String.raw`\$&`);
}
