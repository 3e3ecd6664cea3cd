/** What stands in a YAML document, before aliases, tags and `<<` mean anything. Offsets count from its start. */
export type Tree = ScalarTree | AliasTree | SequenceTree | MappingTree;

interface Placed {
  /** Without the anchor and the tag before it. */
  readonly start: number;
  readonly end: number;
}

interface Anchored extends Placed {
  readonly anchor: string | null;
  /** In full: `tag:yaml.org,2002:str` for `!!str`. */
  readonly tag: string | null;
}

export interface ScalarTree extends Anchored {
  readonly kind: 'scalar';
  /** Without quotes and escapes. */
  readonly source: string;
  readonly style: 'plain' | 'quoted' | 'block';
}

export interface AliasTree extends Placed {
  readonly kind: 'alias';
  readonly name: string;
}

export interface SequenceTree extends Anchored {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly Tree[];
}

export interface MappingTree extends Anchored {
  readonly kind: 'mapping';
  readonly flow: boolean;
  readonly pairs: readonly (readonly [key: Tree, value: Tree])[];
}
