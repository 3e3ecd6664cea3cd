import type { PageWorkload, ReplicaTexts } from '../../webview/protocol.ts';

export interface PageParts {
  /** Addresses as the webview reaches them. */
  readonly script: string;
  readonly style: string;
  /** The webview's own origin, for the policy. */
  readonly source: string;
  readonly language: string;
  readonly title: string;
  readonly workload: PageWorkload;
  readonly texts: ReplicaTexts;
}

/** Text for an attribute in double quotes, or for an element. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The page's shell. It loads one script and one stylesheet of ours and may load nothing else from anywhere. */
export function replicaHtml(parts: PageParts): string {
  const policy = `default-src 'none'; script-src ${parts.source}; style-src ${parts.source}`;
  const start = JSON.stringify({ workload: parts.workload, texts: parts.texts });
  return `<!DOCTYPE html>
<html lang="${escaped(parts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(parts.title)}</title>
<link rel="stylesheet" href="${escaped(parts.style)}">
</head>
<body data-start="${escaped(start)}">
<script src="${escaped(parts.script)}"></script>
</body>
</html>
`;
}
