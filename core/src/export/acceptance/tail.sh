
printf '\n%s equal, %s differ, %s unknown; answers in %s\n' "$equal" "$differ" "$unknown" "$ANSWERS"
[ "$differ" = 0 ]
