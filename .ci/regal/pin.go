//go:build pin

// Package pin names the Rego linter that the checks use, so that go.sum holds the hashes of all it is built from.
package pin

import _ "github.com/styrainc/regal"
