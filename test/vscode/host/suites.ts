// In this order: the first looks at an extension that is not active yet.
import './activation.ts';
import './language.ts';
import './assistance.ts';
import './names.ts';
import './actions.ts';
// Opens the file that settings are kept in: who changes them by the editor comes before.
import './settings.ts';
import './rendered.ts';
import './rules.ts';
import './companion.ts';
