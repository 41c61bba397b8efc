// Package apitest tests the API of this module as a text: what it exports, which
// testdata/api.txt lists, and what its types keep from compiling.
package apitest
