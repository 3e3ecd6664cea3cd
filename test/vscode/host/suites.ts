// In this order: the first looks at an extension that is not active yet.
import './activation.ts';
import './language.ts';
import './assistance.ts';
import './names.ts';
import './settings.ts';
import './actions.ts';
import './rendered.ts';
import './rules.ts';
import './companion.ts';
