import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Replacements for modules of the VS Code server that would have to be compiled. Each offers what the server
 * calls and nothing more: a log file, a device id, a parent that never dies, the path of ripgrep, a file copy.
 * Exports are assigned one by one: that is what Node can name when an ES module imports them.
 */
export const standIns: Readonly<Record<string, string>> = {
  '@vscode/spdlog': `
    const { appendFileSync, mkdirSync } = require('node:fs');
    const { dirname } = require('node:path');
    const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
    class Logger {
      constructor(name, file) {
        this.file = file;
        this.level = 2;
        this.plain = false;
        mkdirSync(dirname(file), { recursive: true });
      }
      write(level, text) {
        if (level < this.level) return;
        const stamp = new Date().toISOString().replace('T', ' ').slice(0, 23);
        try { appendFileSync(this.file, this.plain ? text : stamp + ' [' + levels[level] + '] ' + text + '\\n'); }
        catch (error) { if (error.code !== 'ENOENT') throw error; /* the run's folder is already gone */ }
      }
      trace(text) { this.write(0, text); }
      debug(text) { this.write(1, text); }
      info(text) { this.write(2, text); }
      warn(text) { this.write(3, text); }
      error(text) { this.write(4, text); }
      critical(text) { this.write(5, text); }
      getLevel() { return this.level; }
      setLevel(level) { this.level = level; }
      clearFormatters() { this.plain = true; }
      setPattern() {}
      flush() {}
      drop() {}
    }
    const create = async (name, file) => new Logger(name, file);
    exports.version = 1;
    exports.Logger = Logger;
    exports.setLevel = () => {};
    exports.setFlushOn = () => {};
    exports.shutdown = () => {};
    exports.createRotatingLogger = create;
    exports.createAsyncRotatingLogger = create;`,
  '@vscode/deviceid': `exports.getDeviceId = async () => '00000000-0000-4000-8000-000000000000';`,
  '@vscode/native-watchdog': `exports.start = () => {};`,
  'native-watchdog': `exports.start = () => {};`,
  '@vscode/ripgrep': `exports.rgPath = '/usr/bin/rg';`,
  '@vscode/ripgrep-universal': `exports.rgPath = '/usr/bin/rg';`,
  '@vscode/fs-copyfile': `
    const { copyFile } = require('node:fs/promises');
    exports.copyFile = (from, to) => copyFile(from, to);
    exports.cloneFile = exports.copyFile;`,
};

/** Puts the stand-ins beside the modules npm installed; a module that is there already is left alone. */
export async function addStandIns(nodeModules: string): Promise<void> {
  for (const [name, source] of Object.entries(standIns)) {
    const folder = join(nodeModules, name);
    if (existsSync(folder)) continue;
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ name, version: '0.0.0', main: 'index.js' }),
    );
    await writeFile(join(folder, 'index.js'), source);
  }
}
