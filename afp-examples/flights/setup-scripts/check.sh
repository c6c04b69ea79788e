#!/bin/sh
# Says whether this machine can build and run the project.
set -u
missing=0
for program in afp git java; do
  command -v "$program" > /dev/null || { echo "missing on the PATH: $program"; missing=1; }
done
[ "$missing" = 0 ] || exit 69
afp doctor && afp validate && afp lint
