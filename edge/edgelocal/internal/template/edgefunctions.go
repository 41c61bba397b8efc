package template

import (
	"path/filepath"
	"strings"
)

// cloudFrontFunction finds a CloudFront Function and its key value stores. One of elsewhere is not among the distribution's.
func (t *stack) cloudFrontFunction(d *Distribution, arn string) {
	owner, id := t.byRef("AWS::CloudFront::Function", arn)
	if owner == nil {
		return
	}
	f := CloudFrontFunction{
		Name: arn[strings.LastIndexByte(arn, '/')+1:], Runtime: owner.propertyText(id, "FunctionConfig", "Runtime"),
		File: owner.file, Line: owner.line("Resources." + id),
	}
	at := "Resources." + id + ".Properties.FunctionCode"
	switch code := owner.property(id, "FunctionCode").(type) {
	case string:
		f.Code = code
	case *unresolved:
		owner.once(at, "%s: %s; the function has no code here", code.expression, code.why)
	default:
		owner.once(at, "got %s, want the function's text", brief(code))
	}
	for _, a := range items(owner.property(id, "FunctionConfig", "KeyValueStoreAssociations")) {
		if store, ok := text(plainValue(object(a)["KeyValueStoreARN"])); ok {
			f.KeyValueStores = append(f.KeyValueStores, store)
			owner.keyValueStore(d, store)
		}
	}
	d.CloudFrontFunctions[arn] = f
}

// keyValueStore finds a key value store by ARN and the file that fills it, an asset of CDK's.
func (t *stack) keyValueStore(d *Distribution, arn string) {
	owner, id := t.find("AWS::CloudFront::KeyValueStore", func(other *stack, id string) bool { return other.getAtt("", id, "Arn") == arn })
	s := KeyValueStore{Name: arn[strings.LastIndexByte(arn, '/')+1:]}
	if owner != nil {
		s.ImportSource = owner.propertyText(id, "ImportSource", "SourceArn")
		s.Source = owner.assets[s.ImportSource[strings.LastIndexByte(s.ImportSource, '/')+1:]]
	}
	d.KeyValueStores[arn] = s
}

// keyGroup finds a key group by id and its public keys. One of elsewhere is not among the distribution's.
func (t *stack) keyGroup(d *Distribution, groupID string) {
	owner, id := t.byRef("AWS::CloudFront::KeyGroup", groupID)
	if owner == nil {
		return
	}
	g := KeyGroup{Name: owner.propertyText(id, "KeyGroupConfig", "Name")}
	for i, v := range items(owner.property(id, "KeyGroupConfig", "Items")) {
		key, _ := text(plainValue(v))
		holder, keyID := owner.byRef("AWS::CloudFront::PublicKey", key)
		if holder == nil {
			owner.once(entry("Resources."+id+".Properties.KeyGroupConfig.Items", i), "no AWS::CloudFront::PublicKey of the template is %q", key)
			continue
		}
		pem, at := holder.propertyText(keyID, "PublicKeyConfig", "EncodedKey"), "Resources."+keyID+".Properties.PublicKeyConfig.EncodedKey"
		if pem == "" {
			holder.once(at, "the key cannot be resolved: give it as a parameter")
		}
		g.Keys = append(g.Keys, PublicKey{
			ID: key, Name: holder.propertyText(keyID, "PublicKeyConfig", "Name"), PEM: pem,
			At: Note{File: holder.file, Line: holder.line(at), Path: at},
		})
	}
	d.KeyGroups[groupID] = g
}

// local is a path of a template on this machine.
func (t *stack) local(path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(t.dir, path)
}
