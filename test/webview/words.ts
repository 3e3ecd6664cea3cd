/**
 * Lets code that only translates run outside VS Code: `import 'vscode'` resolves to a stand-in whose `l10n.t` fills
 * the English template. Import this file before the code.
 */
import { registerHooks } from 'node:module';

const standIn = `export const l10n = {
  t: (template, ...args) => template.replace(/\\{(\\d+)\\}/g, (whole, index) => String(args[index] ?? whole)),
};`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: `data:text/javascript,${encodeURIComponent(standIn)}`, shortCircuit: true }
      : next(specifier, context),
});
