// Command measure measures the package redirect that it is built with. Redirectbench
// builds it with today's and with an older one, and runs both.
//
//	measure compile RULES FORM      compile a slice of the rules of a file, write the form
//	measure compileseq RULES FORM   the same with CompileSeq
//	measure lookups FORM            look up in that form and in the tables of the worst lookups:
//	                                the one whose number is in each line of standard input
//
// It prints each row as JSON.
package main
