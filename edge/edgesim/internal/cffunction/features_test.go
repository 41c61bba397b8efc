package cffunction_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A feature is a group of names on AWS's pages of what the runtimes have: functions-javascript-runtime-20.html and -10.html.
type feature struct {
	group   string // as the page calls it
	names   string
	there   []int // the versions that have them
	missing []int // the versions that do not; neither: AWS's pages contradict each other, or Node.js needs them
}

func features() []feature {
	all, first, second := []int{1, 2}, []int{1}, []int{2}
	return []feature{
		{"Object", `Object.create Object.defineProperties Object.defineProperty Object.freeze Object.getOwnPropertyDescriptor Object.getOwnPropertyNames
			Object.getPrototypeOf Object.isExtensible Object.isFrozen Object.isSealed Object.keys Object.preventExtensions Object.seal Object.assign
			Object.entries Object.values Object.is Object.setPrototypeOf Object.prototype.hasOwnProperty Object.prototype.isPrototypeOf
			Object.prototype.propertyIsEnumerable Object.prototype.toString Object.prototype.valueOf`, all, nil},
		{"Object", `Object.getOwnPropertyDescriptors`, second, first},
		{"String", `String.fromCharCode String.fromCodePoint ` + members("String.prototype", `charAt concat indexOf lastIndexOf match replace search slice split
			substr substring toLowerCase trim toUpperCase codePointAt endsWith includes repeat startsWith padStart padEnd trimStart trimEnd`), all, nil},
		{"String, new in 2.0", `String.prototype.replaceAll`, second, first},
		{"String, nonstandard", members("String.prototype", `bytesFrom fromBytes fromUTF8 toBytes toUTF8`), first, second},
		{"Number", members("Number", `EPSILON MAX_SAFE_INTEGER MIN_SAFE_INTEGER MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY
			isFinite isInteger isNaN isSafeInteger parseInt parseFloat prototype.toExponential prototype.toFixed prototype.toPrecision`), all, nil},
		{"Math", members("Math", `E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp
			expm1 floor fround hypot imul log log1p log2 log10 max min pow random round sign sinh sin sqrt tan tanh trunc`), all, nil},
		{"Date", `Date.UTC Date.now Date.parse Date.prototype.toISOString Date.prototype.getTimezoneOffset`, all, nil},
		{"Function", members("Function.prototype", `apply bind call`), all, nil},
		{"Regular expressions", `/a/.global /a/.ignoreCase /a/.multiline /a/.source /a/.lastIndex ` + members("RegExp.prototype", `exec test toString`), all, nil},
		{"Regular expressions, new in 2.0", `/a/.sticky /a/.flags RegExp.prototype[Symbol.split]`, second, nil},
		{"JSON", `JSON.parse JSON.stringify`, all, nil},
		{"Array", `Array.isArray Array.of ` + members("Array.prototype", `concat every filter forEach indexOf join lastIndexOf map pop push reduce
			reduceRight reverse shift slice some sort splice unshift copyWithin fill find findIndex includes`), all, nil},
		{"Typed arrays", `Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array ` +
			members("Int8Array.prototype", `copyWithin fill join set slice subarray toString`), all, nil},
		{"Typed arrays, new in 2.0", `Int8Array.from Int8Array.of ` + members("Int8Array.prototype", `every filter find findIndex forEach includes indexOf
			lastIndexOf map reduce reduceRight reverse some`), second, first},
		{"Typed arrays", `Int8Array.prototype.sort`, second, nil},
		{"ArrayBuffer", `ArrayBuffer.isView ArrayBuffer.prototype.slice`, all, nil},
		{"Promise", members("Promise", `reject resolve prototype.catch prototype.finally prototype.then`), all, nil},
		{"Promise, new in 2.0", members("Promise", `all allSettled any race`), second, first},
		{"DataView, new in 2.0", members("DataView.prototype", `getFloat32 getFloat64 getInt16 getInt32 getInt8 getUint16 getUint32 getUint8
			setFloat32 setFloat64 setInt16 setInt32 setInt8 setUint16 setUint32 setUint8`), second, first},
		{"Symbol, new in 2.0", `Symbol.for Symbol.keyFor`, second, first},
		{"Text Decoder", `TextDecoder.prototype.decode (new(TextDecoder)).encoding (new(TextDecoder)).fatal (new(TextDecoder)).ignoreBOM`, second, first},
		{"Text Encoder", `TextEncoder.prototype.encode TextEncoder.prototype.encodeInto`, second, first},
		{"Console", `console.log`, all, nil},
		{"Console: it only supports log", members("console", `error warn info debug table time trace`), nil, all},
		{"Error types", `Error EvalError InternalError RangeError ReferenceError SyntaxError TypeError URIError`, all, nil},
		{"Error types", `MemoryError`, first, second},
		{"Globals", `globalThis decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat parseInt NaN Infinity arguments`, all, nil},
		{"Globals, new in 2.0", `atob btoa`, second, first},
		{"Buffer", members("Buffer", `alloc allocUnsafe byteLength compare concat from isBuffer isEncoding`) + " " + members("Buffer.prototype", `compare copy equals
			fill includes indexOf lastIndexOf subarray swap16 swap32 swap64 toJSON toString write readInt8 readIntBE readInt16BE readInt32BE readIntLE
			readInt16LE readInt32LE readUInt8 readUIntBE readUInt16BE readUInt32BE readUIntLE readUInt16LE readUInt32LE readDoubleBE readDoubleLE
			readFloatBE readFloatLE writeInt8 writeIntBE writeInt16BE writeInt32BE writeIntLE writeInt16LE writeInt32LE writeUInt8 writeUIntBE
			writeUInt16BE writeUInt32BE writeUIntLE writeUInt16LE writeUInt32LE writeDoubleBE writeDoubleLE writeFloatBE writeFloatLE`) +
			` Buffer.from('a').buffer Buffer.from('a').byteOffset Buffer.from('a').length Buffer.from('a')[0]`, second, first},
		{"Query string", members("require('querystring')", `escape parse decode stringify encode unescape`), all, nil},
		{"Crypto", `require('crypto').createHash require('crypto').createHmac require('crypto').createHash('md5').update require('crypto').createHmac('sha1','k').digest`, all, nil},
		{"Timers", `setTimeout setImmediate setInterval clearTimeout queueMicrotask performance`, nil, all},
		{"File system access, network access", `process XMLHttpRequest fetch WebSocket`, nil, all},
	}
}

// members are the names of an object's members.
func members(object, names string) string {
	all := strings.Fields(names)
	for i, name := range all {
		all[i] = object + "." + name
	}
	return strings.Join(all, " ")
}

// TestFeatures holds that all that AWS lists is there, and that what is new in a version is not in the one before it.
func TestFeatures(t *testing.T) {
	t.Parallel()
	for _, version := range []int{1, 2} {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			t.Parallel()
			source, want := "var all = {};\n", map[string]bool{}
			for _, f := range features() {
				there, missing := slices.Contains(f.there, version), slices.Contains(f.missing, version)
				if !there && !missing {
					continue
				}
				for _, name := range strings.Fields(f.names) {
					want[name] = there
					source += fmt.Sprintf("all[%q] = function () { return typeof %[1]s !== 'undefined' };\n", name)
				}
			}
			p, err := start(t, version, source+`function handler() {
				Object.keys(all).forEach(function (name) { try { all[name] = all[name]() } catch (e) { all[name] = false } });
				return all;
			}`)
			if err != nil {
				t.Fatal(err)
			}
			_, answer := run(t, p, event())
			var got map[string]bool
			if err := json.Unmarshal([]byte(answer), &got); err != nil {
				t.Fatalf("%v: %s", err, answer)
			}
			for name, there := range want {
				if got[name] != there {
					t.Errorf("%s: there: %t, want %t", name, got[name], there)
				}
			}
		})
	}
}
