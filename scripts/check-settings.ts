/**
 * What people can choose about checks, as editors know it: the codes of all rules among the settings in package.json
 * (`node scripts/check-settings.ts` writes them there), and the JSON schema of the workspace file.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { presets, rules, severities, supportedVersions, workspaceFileName } from '../src/core/index.ts';

interface RulesSetting {
  readonly propertyNames: {
    readonly enum: readonly string[];
    readonly enumDescriptions: readonly string[];
  };
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
}

/** The keys that the setting about rules may have, and what each rule finds. */
export function ruleNames(): RulesSetting['propertyNames'] {
  return { enum: rules.map(({ code }) => code), enumDescriptions: rules.map(({ title }) => title) };
}

/** What package.json says of them. */
export function declaredRuleNames(manifest: Manifest): RulesSetting['propertyNames'] {
  return settingOf(manifest).propertyNames;
}

/** A JSON schema for the workspace file, for language servers that check YAML by schema. */
export async function writeWorkspaceFileSchema(file: string): Promise<void> {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: workspaceFileName,
    description: 'What Elastic Containers checks in the manifests of this folder and the folders in it.',
    type: 'object',
    additionalProperties: false,
    properties: {
      preset: {
        enum: presets,
        description:
          'server-only: what the API server refuses. recommended: that, and what most people regret. strict: what is disputed, too.',
      },
      rules: {
        type: 'object',
        description: 'How much the findings of a rule weigh, or off.',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map(({ code, title }) => [code, { enum: severities, description: title }]),
        ),
      },
      kubernetesVersion: {
        // Unquoted, YAML reads it as a number.
        enum: supportedVersions.flatMap((version) => [version, Number(version)]),
        description: 'Version of the cluster that the manifests are for.',
      },
      registries: texts('Registries that images may come from; a path may follow (ghcr.io/shop).'),
      limitRatio: {
        type: 'number',
        minimum: 1,
        description: 'The most a limit may be, as a multiple of the request beside it.',
      },
      exclude: texts('Files that are not checked, as globs from the folder of this file.'),
    },
  };
  await writeFile(file, `${JSON.stringify(schema)}\n`);
}

function texts(description: string): object {
  return { type: 'array', items: { type: 'string' }, description };
}

function settingOf({ contributes }: Manifest): RulesSetting {
  const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
  const found = settings.find(([id]) => id.endsWith('.checks.rules'))?.[1];
  if (found === undefined) throw new Error('package.json has no setting about rules.');
  return found as RulesSetting;
}

if (import.meta.main) {
  const file = new URL('../package.json', import.meta.url);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  Object.assign(settingOf(manifest), { propertyNames: ruleNames() });
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
