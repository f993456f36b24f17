#!/bin/sh
# Writes C to stdout: the files named, as one table of bytes in the program.
#
#	embed.sh NAME ROOT PREFIX FILE...
#
# NAME is the table, a `const struct embedded_files` that a header declares.
# Each FILE is read beneath the folder ROOT and bears in the table its name
# without PREFIX. Names hold no quotes, backslashes or line ends.
set -eu

name=$1 root=$2 prefix=$3
shift 3

echo '/* Made by src/embed.sh. */'
echo '#include "base/embedded.h"'
echo
echo "extern const struct embedded_files $name;"

number=0
for file do
	echo
	echo "static const unsigned char bytes_$number[] = {"
	od -An -v -tx1 "$root/$file" |
	    sed -e 's/ *\([0-9a-f][0-9a-f]\)/ 0x\1,/g' -e 's/^/   /'
	echo '    0x00};'
	number=$((number + 1))
done

echo
echo 'static const struct embedded_file files[] = {'
number=0
for file do
	echo "    {{\"${file#"$prefix"}\", sizeof(\"${file#"$prefix"}\") - 1},"
	echo "     {(const char *)bytes_$number," \
	    "sizeof(bytes_$number) - 1}},"
	number=$((number + 1))
done
echo '};'
echo
echo "const struct embedded_files $name = {"
echo '    files, sizeof(files) / sizeof(files[0])};'
