import manifest from '../../package.json' with { type: 'json' };

/** The extension's, which the command line is part of. */
export const version: string = manifest.version;
