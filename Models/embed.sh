#!/bin/sh
# Writes Sources/ModelFiles/Defaults.generated.swift from the YAML files here, so that the program carries them. Run by `make models`.
# Which files there are stands in ModelFile.swift alone.
set -eu
cd "$(dirname "$0")"
sources=../Sources/ModelFiles
out=$sources/Defaults.generated.swift
# A line a case: its name, and that of the file without .yaml.
files=$(sed -nE 's/^  case ([A-Za-z]+)$/\1 \1/p; s/^  case ([A-Za-z]+) = "([a-z-]+)"$/\1 \2/p' $sources/ModelFile.swift)
if [ "$(echo "$files" | cut -d' ' -f2 | sort)" != "$(basename -s .yaml -- *.yaml | sort)" ]; then
  echo "ModelFile.swift and Models/*.yaml name different files" >&2
  exit 1
fi
{
  echo '// Made by Models/embed.sh from Models/*.yaml: change those and run `make models`.'
  echo '// swift-format-ignore-file'
  echo
  echo 'extension ModelFile {'
  echo '  /// The text of the file as it was when the program was built.'
  echo '  public var builtInText: String {'
  echo '    switch self {'
  echo "$files" | while read -r name file; do echo "    case .$name: Self.${name}Text"; done
  echo '    }'
  echo '  }'
  echo "$files" | while read -r name file; do
    # Four marks: no file may hold the end of such a literal. The empty line before its end keeps the file's last line end.
    if grep -q '"""####' "$file.yaml"; then echo "$file.yaml holds \"\"\"####" >&2; exit 1; fi
    echo
    echo "  private static let ${name}Text = ####\"\"\""
    cat "$file.yaml"
    echo
    echo '"""####'
  done
  echo '}'
} > "$out.new"
mv "$out.new" "$out"
