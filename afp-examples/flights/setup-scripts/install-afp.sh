#!/bin/sh
# Unpacks the distribution of AFP into .afp-dist, for builds. AFP_DISTRIBUTION is the address or the path of the archive.
set -eu
: "${AFP_DISTRIBUTION:?name the archive of AFP, as in https://example.org/afp-0.1.0.tar.gz}"
mkdir -p .afp-dist
case $AFP_DISTRIBUTION in
  http*) curl -fsSL "$AFP_DISTRIBUTION" -o .afp-dist/afp.tar.gz ;;
  *) cp "$AFP_DISTRIBUTION" .afp-dist/afp.tar.gz ;;
esac
tar -xzf .afp-dist/afp.tar.gz -C .afp-dist --strip-components=1
rm .afp-dist/afp.tar.gz
