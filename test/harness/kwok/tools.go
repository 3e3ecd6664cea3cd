//go:build tools

// Package kwok pins the simulator of nodes and pods by the thousand.
package kwok

import _ "sigs.k8s.io/kwok/cmd/kwok"
