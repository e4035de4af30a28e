#!/bin/sh
# Writes Sources/ModelFiles/Defaults.generated.swift from the YAML files here, so that the program carries them. Run by `make models`.
set -eu
cd "$(dirname "$0")"
out=../Sources/ModelFiles/Defaults.generated.swift
{
  echo '// Made by Models/embed.sh from Models/*.yaml: change those and run `make models`.'
  echo '// swift-format-ignore-file'
  echo
  echo 'extension ModelFile {'
  echo '  /// The text of the file as it was when the program was built.'
  echo '  public var builtInText: String {'
  echo '    switch self {'
  for file in areas measures groupings outcomes harm-weights breaks priorities; do
    case $file in harm-weights) name=harmWeights ;; *) name=$file ;; esac
    echo "    case .$name: Self.${name}Text"
  done
  echo '    }'
  echo '  }'
  for file in areas measures groupings outcomes harm-weights breaks priorities; do
    case $file in harm-weights) name=harmWeights ;; *) name=$file ;; esac
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
