/**
 * Makes the Kubernetes schema of src/core/schema/generated from the type declarations and validators of
 * `kubernetes-models`: declarations tell names, references, enums and descriptions, validators tell number formats.
 * What it writes is a build product of that package's version and of this script; both are in its first line.
 */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Specifications of fields as `src/core/schema/schema.ts` reads them, by field name. */
type Fields = Record<string, string>;

interface Declared {
  /** `IoK8sApiCoreV1Container`. */
  readonly id: string;
  readonly node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
  /** Where the declaration stands; its validator is found by id. */
  readonly root: string;
}

const output = fileURLToPath(new URL('../src/core/schema/generated', import.meta.url));

/** What these are is said by the API's documentation, not by their declarations. */
const leaves: Readonly<Record<string, string>> = {
  IoK8sApimachineryPkgApiResourceQuantity: 'q',
  IoK8sApimachineryPkgUtilIntstrIntOrString: 'x',
  IoK8sApimachineryPkgApisMetaV1Time: 't',
  IoK8sApimachineryPkgApisMetaV1MicroTime: 'u',
};

const formats: Readonly<Record<string, string>> = { int32: 'i', int64: 'l', byte: 'y', double: 'n' };

/** Writes the generated files unless they are there and up to date. */
export function writeSchema(): void {
  const packages = packageFolders();
  const stamp = stampOf(packages);
  const models = join(output, 'models.ts');
  if (read(models).startsWith(`// ${stamp}\n`)) return;
  const { types, kinds, docs } = collect(packages);
  mkdirSync(output, { recursive: true });
  const write = (file: string, content: string): void => {
    writeFileSync(join(output, file), content);
  };
  write('docs.json', JSON.stringify(docs));
  const names = Object.keys(types).map((name) => `  | '${name}'`);
  write(
    'type-names.ts',
    `/** Every type of the bundled schema. */\nexport type TypeName =\n${names.join('\n')};\n`,
  );
  const text = JSON.stringify({ kinds, types }).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  write('models.ts', `// ${stamp}\nexport const models = '${text}';\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** kubernetes-models, and the package beside it that declares what all API groups share. */
function packageFolders(): readonly string[] {
  const require = createRequire(import.meta.url);
  const main = dirname(require.resolve('kubernetes-models/package.json'));
  const shared = createRequire(join(main, 'package.json')).resolve(
    '@kubernetes-models/apimachinery/package.json',
  );
  return [main, dirname(shared)];
}

function stampOf(packages: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const folder of packages) hash.update(readFileSync(join(folder, 'package.json')));
  return hash.digest('hex').slice(0, 16);
}

function collect(packages: readonly string[]) {
  const types: Record<string, Fields> = {};
  const kinds: Record<string, Record<string, string>> = {};
  const docs: Record<string, Record<string, string>> = {};
  for (const declared of packages.flatMap(declarations)) {
    const { id, node } = declared;
    if (id in leaves || !ts.isInterfaceDeclaration(node)) continue;
    const name = typeName(id);
    const validators = new Validators(read(join(declared.root, '_schemas', `${id}.js`)));
    const own = { name: node.name.text, id };
    const fields: Fields = {};
    const about: Record<string, string> = { '': descriptionOf(node) };
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || member.type === undefined) continue;
      const field = propertyName(member.name);
      const required = member.questionToken === undefined && field !== 'kind' && field !== 'apiVersion';
      fields[field] = (required ? '!' : '') + specification(member.type, validators.formatOf(field), own);
      about[field] = descriptionOf(member);
    }
    types[name] = fields;
    docs[name] = about;
    const apiVersion = literalOf(node, 'apiVersion');
    const kind = literalOf(node, 'kind');
    if (apiVersion !== null && kind !== null) (kinds[apiVersion] ??= {})[kind] = name;
  }
  for (const fields of Object.values(types)) {
    for (const [field, text] of Object.entries(fields)) fields[field] = known(text, types);
  }
  return { types: sorted(types), kinds: sorted(kinds), docs: sorted(docs) };
}

/**
 * Types that are declared without fields (`JSON`, `RawExtension`), or as any of several (`JSONSchemaPropsOrBool`), take
 * whatever is written. Only a status subresource is truly empty.
 */
function known(specified: string, types: Readonly<Record<string, Fields>>): string {
  const [before = '', name] = specified.split('@');
  if (name === undefined) return specified;
  const declared =
    Object.keys(types[name] ?? {}).length > 0 || name.endsWith('.CustomResourceSubresourceStatus');
  return declared ? specified : `${before}j`;
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every type a package declares; the file's last line exports it under its full name. */
function declarations(root: string): readonly Declared[] {
  return globSync('**/*.d.ts', { cwd: root, exclude: ['_schemas/**', 'node_modules/**'] })
    .filter((file) => !file.endsWith('index.d.ts'))
    .flatMap((file) => {
      const source = ts.createSourceFile(
        file,
        readFileSync(join(root, file), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      const id = /\bas I(IoK8s\w+)/.exec(source.text)?.[1];
      const node = source.statements.find(
        (one) =>
          ts.isInterfaceDeclaration(one) || (ts.isTypeAliasDeclaration(one) && one.name.text.startsWith('I')),
      ) as Declared['node'] | undefined;
      return id === undefined || node === undefined ? [] : [{ id, node, root }];
    });
}

/** `IoK8sApiCoreV1Container` → `core/v1.Container`. */
function typeName(id: string): string {
  const short = id
    .replace(/^IoK8sApiextensionsApiserverPkgApis/, '')
    .replace(/^IoK8sKubeAggregatorPkgApis/, '')
    .replace(/^IoK8sApimachineryPkgApis/, '')
    .replace(/^IoK8sApimachineryPkg/, '')
    .replace(/^IoK8sApi/, '');
  const versioned = /^([A-Z][a-z]+)(V\d+(?:(?:alpha|beta)\d+)?)([A-Z]\w*)$/.exec(short);
  if (versioned === null) return short;
  const [, group = '', version = '', name = ''] = versioned;
  return `${group.toLowerCase()}/${version.toLowerCase()}.${name}`;
}

function propertyName(name: ts.PropertyName): string {
  return ts.isStringLiteral(name) || ts.isIdentifier(name) ? name.text : name.getText();
}

function literalOf(node: ts.InterfaceDeclaration, field: string): string | null {
  for (const member of node.members) {
    if (!ts.isPropertySignature(member) || propertyName(member.name) !== field) continue;
    const type = member.type;
    return type && ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : null;
  }
  return null;
}

/** The declaration a type stands in, which calls itself by its short name. */
interface Own {
  readonly name: string;
  readonly id: string;
}

/** How `schema.ts` wants a type told; `format` is the validator's, of the innermost value. */
function specification(type: ts.TypeNode, format: string | null, own: Own): string {
  if (ts.isTypeLiteralNode(type)) {
    const values = type.members.find(ts.isIndexSignatureDeclaration);
    return values === undefined ? inlined(type, own) : `{${specification(values.type, format, own)}`;
  }
  if (ts.isArrayTypeNode(type)) return `[${specification(type.elementType, format, own)}`;
  if (ts.isUnionTypeNode(type)) return union(type, format, own);
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    const [item] = type.typeArguments ?? [];
    if (name === 'Array' && item !== undefined) return `[${specification(item, format, own)}`;
    const id = name === own.name ? own.id : name.replace(/^I(?=IoK8s)/, '');
    return id.startsWith('IoK8s') ? (leaves[id] ?? `@${typeName(id)}`) : 'j';
  }
  if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return 's';
  if (type.kind === ts.SyntaxKind.StringKeyword) return format === 'y' ? 'y' : 's';
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return 'b';
  if (type.kind === ts.SyntaxKind.NumberKeyword) return format ?? 'n';
  return 'j';
}

/** An object inside another is declared field by field: the type of its spec tells which it is. */
function inlined(type: ts.TypeLiteralNode, own: Own): string {
  const spec = type.members
    .filter(ts.isPropertySignature)
    .find((member) => propertyName(member.name) === 'spec')?.type;
  const name = spec === undefined ? '' : specification(spec, null, own);
  return name.startsWith('@') && name.endsWith('Spec') ? name.slice(0, -'Spec'.length) : 'j';
}

function union(type: ts.UnionTypeNode, format: string | null, own: Own): string {
  const literals = type.types.map((one) =>
    ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal) ? one.literal.text : null,
  );
  if (literals.every((text) => text !== null)) return `=${literals.join('|')}`;
  const rest = type.types.filter((one) => one.getText() !== 'null');
  const [only] = rest;
  return rest.length === 1 && only !== undefined ? specification(only, format, own) : 'j';
}

function descriptionOf(node: ts.Node): string {
  const text = ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join('\n');
  return text.trim();
}

/** A generated validator: which number format it demands of a field. */
class Validators {
  readonly #functions = new Map<string, string>();
  readonly #main: string;

  constructor(source: string) {
    for (const part of source.split(/(?=function validate\d+\()/)) {
      const name = /^function (validate\d+)\(/.exec(part)?.[1];
      if (name !== undefined) this.#functions.set(name, part);
    }
    const main = /export const validate=(validate\d+)/.exec(source)?.[1] ?? '';
    this.#main = this.#functions.get(main) ?? '';
  }

  formatOf(field: string): string | null {
    const access = `data(?:\\.${field}|\\["${field}"\\])`;
    const called = new RegExp(`void 0!==${access}&&\\(?(validate\\d+)\\(`).exec(this.#main)?.[1];
    return called === undefined ? null : this.#search(called, new Set());
  }

  #search(name: string, seen: Set<string>): string | null {
    if (seen.has(name)) return null;
    seen.add(name);
    const body = this.#functions.get(name) ?? '';
    const format = /format:"(\w+)"/.exec(body)?.[1];
    if (format !== undefined && format in formats) return formats[format] ?? null;
    if (body.includes('type:"number"')) return 'n';
    for (const [, inner = ''] of body.matchAll(/\b(validate\d+)\(data/g)) {
      const found = this.#search(inner, seen);
      if (found !== null) return found;
    }
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeSchema();
