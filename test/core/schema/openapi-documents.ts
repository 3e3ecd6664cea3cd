/** Documents as an API server answers at `/openapi/v3/…`, with no more in them than a test needs. */

type Schemas = Readonly<Record<string, unknown>>;

interface Published {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  /** Of the definitions; the kind's own is the first. */
  readonly schemas: Schemas;
  readonly status?: boolean;
}

function openApiDocument({ group, version, kind, plural, schemas, status = false }: Published): unknown {
  const gvk = { group, version, kind };
  const [name = '', schema] = Object.entries(schemas)[0] ?? [];
  const path = `${group === '' ? '/api' : `/apis/${group}`}/${version}/namespaces/{namespace}/${plural}/{name}`;
  const operations = { get: { 'x-kubernetes-group-version-kind': gvk } };
  const own = { ...(schema as object), 'x-kubernetes-group-version-kind': [gvk] };
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: { [path]: operations, ...(status ? { [`${path}/status`]: operations } : {}) },
    components: { schemas: { ...schemas, [name]: own } },
  };
}

const text = { type: 'string' };
const reference = (name: string): unknown => ({
  allOf: [{ $ref: `#/components/schemas/${name}` }],
  default: {},
});
const metadata = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const own = { apiVersion: text, kind: text, metadata: reference(metadata) };
const shared = { [metadata]: { type: 'object', properties: { name: text } } };

/** A ConfigMap with a field that no other Kubernetes has, and without `immutable`. */
export const configMaps = openApiDocument({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  schemas: {
    'io.k8s.api.core.v1.ConfigMap': {
      type: 'object',
      properties: {
        ...own,
        data: { type: 'object', additionalProperties: text },
        extra: { type: 'array', items: reference('io.k8s.api.core.v1.Extra') },
      },
    },
    'io.k8s.api.core.v1.Extra': {
      type: 'object',
      required: ['size'],
      properties: {
        size: reference('io.k8s.apimachinery.pkg.api.resource.Quantity'),
        port: { allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString' }] },
        count: { type: 'integer', format: 'int32' },
        data: { type: 'string', format: 'byte' },
        mode: { type: 'string', enum: ['A', 'B'] },
        since: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Time' },
      },
    },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [text, { type: 'number' }] },
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { format: 'int-or-string', oneOf: [text] },
    'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
    ...shared,
  },
});

/** A kind that a definition in the cluster brings. */
export const gadgets = openApiDocument({
  group: 'shop.example.com',
  version: 'v1',
  kind: 'Gadget',
  plural: 'gadgets',
  status: true,
  schemas: {
    'com.example.shop.v1.Gadget': {
      type: 'object',
      properties: {
        ...own,
        spec: {
          type: 'object',
          properties: { mode: { type: 'string', enum: ['Fast', 'Safe'], description: 'How it works.' } },
        },
      },
    },
    ...shared,
  },
});
