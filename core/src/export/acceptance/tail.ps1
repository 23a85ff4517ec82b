
"$script:Equal equal, $script:Differ differ, $script:Unknown unknown; answers in $Answers"
if ($script:Differ) { exit 1 }
