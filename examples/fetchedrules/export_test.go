package fetchedrules

// Sign lets tests sign with the keys and the time of AWS's examples.
var Sign = sign
