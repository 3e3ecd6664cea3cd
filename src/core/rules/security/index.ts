import type { Rule } from '../rule.ts';
import { clusterAdminBound } from './cluster-admin-bound.ts';
import { externalIpsUsed } from './external-ips-used.ts';
import { ingressTlsMissing } from './ingress-tls-missing.ts';
import { loadBalancerOpen } from './load-balancer-open.ts';
import { networkPolicyIneffective } from './network-policy-ineffective.ts';
import { nonRootConflict } from './non-root-conflict.ts';
import { podSecurityBaseline } from './pod-security-baseline.ts';
import { podSecurityRestricted } from './pod-security-restricted.ts';
import { rbacEscalation } from './rbac-escalation.ts';
import { rbacSecretsReadable } from './rbac-secrets-readable.ts';
import { rbacWildcard } from './rbac-wildcard.ts';
import { rootFilesystemWritable } from './root-filesystem-writable.ts';
import { runtimeSocketMounted } from './runtime-socket-mounted.ts';
import { secretLiteral } from './secret-literal.ts';
import { subjectTooWide } from './subject-too-wide.ts';
import { tokenMounted } from './token-mounted.ts';

/** What opens a pod, a node or the cluster to those who should not be there. */
export const securityRules: readonly Rule[] = [
  podSecurityBaseline,
  podSecurityRestricted,
  nonRootConflict,
  rootFilesystemWritable,
  tokenMounted,
  runtimeSocketMounted,
  secretLiteral,
  rbacWildcard,
  rbacEscalation,
  rbacSecretsReadable,
  clusterAdminBound,
  subjectTooWide,
  loadBalancerOpen,
  externalIpsUsed,
  ingressTlsMissing,
  networkPolicyIneffective,
];
