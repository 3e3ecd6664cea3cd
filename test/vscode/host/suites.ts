import './activation.ts';
import './language.ts';
