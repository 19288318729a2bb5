#!/usr/bin/env bash
# Walks the unmodified AWS command line through everything that it is promised to do against the local runtime.
#
#   ./onboard up &                                             # or any runtime, with or without the stack
#   AWS_ENDPOINT_URL=http://127.0.0.1:4566 cli/src/test/sh/aws-cli.sh [SECTION...]
#
# Deploys a stack of its own (onboard-cli, Environment cli) and takes everything down again that does not outlive its
# stack by design. Prints a line for every expectation, ok or FAILED with what came instead, then the counts; the exit
# code is 1 if one failed. MULTIPART_MB (default 20) is the size of the large upload. Needs aws (v1 or v2) and curl; which
# aws is AWS_CLI, such as /usr/bin/aws, or else the first on the PATH.
set -u
root=$(cd "$(dirname "$0")/../../../.." && pwd -P)
: "${AWS_ENDPOINT_URL:?the endpoint of a local runtime, such as http://127.0.0.1:4566}"
work=$(mktemp -d "${TMPDIR:-/tmp}/onboard-aws-cli.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The command line that was asked for; else the one on the PATH, not the shim that looks for it each time anew.
cli=${AWS_CLI:-$(pyenv which aws 2>/dev/null || command -v aws)}
mkdir "$work/bin" && ln -s "$cli" "$work/bin/aws" && PATH=$work/bin:$PATH

# Nobody's own settings; payloads as they are typed, in both major versions of the command line.
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_REGION=us-east-1
# Else test-state would go to a host sync-127.0.0.1.
export AWS_DISABLE_HOST_PREFIX_INJECTION=true
export AWS_PAGER= AWS_DEFAULT_OUTPUT=text AWS_MAX_ATTEMPTS=1 AWS_EC2_METADATA_DISABLED=true AWS_ENDPOINT_URL
export AWS_CONFIG_FILE=$work/config AWS_SHARED_CREDENTIALS_FILE=$work/credentials
unset AWS_PROFILE AWS_SESSION_TOKEN
printf '[default]\ncli_binary_format = raw-in-base64-out\n' >"$work/config"
: >"$work/credentials"

# The first minor version of each major one that looks at AWS_ENDPOINT_URL. Before, --endpoint-url is all there is, and
# what package and deploy send to S3 does not heed it; a plugin makes such a version look at the variable, too.
version=$(aws --version 2>&1) || { printf 'no AWS command line: %s\n' "$version"; exit 1; }
knows_endpoint() { case $1 in 1) [ "$2" -ge 29 ] ;; 2) [ "$2" -ge 13 ] ;; *) true ;; esac; }
IFS=. read -r major minor _ <<<"$(printf '%s' "$version" | sed 's#^aws-cli/##; s# .*##')"
if ! knows_endpoint "$major" "$minor"; then
  mkdir "$work/plugin"
  cat >"$work/plugin/endpoint_of_environment.py" <<'PYTHON'
import os

from botocore.session import Session


def awscli_initialize(cli):
    create = Session.create_client

    def create_client(self, service_name, *args, **settings):
        if not settings.get("endpoint_url"):
            settings["endpoint_url"] = os.environ["AWS_ENDPOINT_URL"]
        return create(self, service_name, *args, **settings)

    Session.create_client = create_client
PYTHON
  printf '[plugins]\nendpoint = endpoint_of_environment\n' >>"$work/config"
  if [ "$major" = 1 ]; then export PYTHONPATH=$work/plugin${PYTHONPATH:+:$PYTHONPATH}
  else printf 'cli_legacy_plugin_path = %s\n' "$work/plugin" >>"$work/config"; fi
fi

account=000000000000
run=$(date +%s)
stack=onboard-cli
results=$work/results
: >"$results"
section=
attempts=60

# ------------------------------------------------------------------ expectations

# say ok|FAILED WHAT [DETAIL]
say() {
  printf '%s\n' "$1" >>"$results"
  if [ "$1" = ok ]; then printf 'ok      %s: %s\n' "$section" "$2"
  else printf 'FAILED  %s: %s\n          %s\n' "$section" "$2" "$(printf '%s' "$3" | tr '\n' ' ' | cut -c1-1200)"; fi
}

# is WANTED WHAT COMMAND...: the command succeeds and prints exactly that; tabs and line breaks count as spaces
is() {
  local wanted=$1 what=$2 out code; shift 2
  out=$("$@" 2>"$work/err.$BASHPID"); code=$?
  out=$(printf '%s' "$out" | tr '\n\t' '  ')
  if [ $code = 0 ] && [ "$out" = "$wanted" ]; then say ok "$what"
  else say FAILED "$what" "expected [$wanted], got exit code $code [$out] $(tail -c 600 "$work/err.$BASHPID") of: $*"; fi
}

# like PATTERN WHAT COMMAND...: the command succeeds and what it prints has the extended regular expression
like() {
  local wanted=$1 what=$2 out code; shift 2
  out=$("$@" 2>&1); code=$?
  if [ $code = 0 ] && printf '%s' "$out" | tr '\n\t' '  ' | grep -Eq -- "$wanted"; then say ok "$what"
  else say FAILED "$what" "expected /$wanted/, got exit code $code [$out] of: $*"; fi
}

# runs WHAT COMMAND...: the command succeeds
runs() {
  local what=$1 out code; shift
  out=$("$@" 2>&1); code=$?
  if [ $code = 0 ]; then say ok "$what"; else say FAILED "$what" "got exit code $code [$out] of: $*"; fi
}

# refused PATTERN WHAT COMMAND...: the command fails and says so in these words
refused() {
  local wanted=$1 what=$2 out code; shift 2
  out=$("$@" 2>&1); code=$?
  if [ $code != 0 ] && printf '%s' "$out" | tr '\n\t' '  ' | grep -Eq -- "$wanted"; then say ok "$what"
  else say FAILED "$what" "expected a refusal with /$wanted/, got exit code $code [$out] of: $*"; fi
}

# eventually WANTED WHAT COMMAND...: as is, asked again until it is so or enough is enough
eventually() {
  local wanted=$1 what=$2 out i; shift 2
  for ((i = 0; i < attempts; i++)); do
    out=$("$@" 2>&1)
    out=$(printf '%s' "$out" | tr '\n\t' '  ')
    if [ "$out" = "$wanted" ]; then say ok "$what"; return; fi
  done
  say FAILED "$what" "expected [$wanted] in the end, still got [$out] of: $*"
}

# has SERVICE OPERATION: whether this version of the command line knows the operation; if not, a line says so
has() {
  if aws "$1" "$2" 2>&1 | grep -q 'argument operation: Invalid choice'; then printf 'older   %s: has no %s\n' "$1" "$2"; return 1; fi
}

sqs() { aws sqs --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }   # version 1 knows no endpoint of SQS from the environment
output() { aws cloudformation describe-stacks --stack-name "$stack" --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue | [0]"; }
resource() { aws cloudformation describe-stack-resource --stack-name "$stack" --logical-resource-id "$1" --query StackResourceDetail.PhysicalResourceId; }
stack_status() { aws cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus'; }

# ------------------------------------------------------------------ cloudformation

cloudformation_project() {
  section=cloudformation
  local code=$stack-code-$run
  runs 'a bucket for what is packaged' aws s3 mb "s3://$code"
  runs 'package uploads what the template names' \
    aws cloudformation package --template-file "$root/cloudformation/onboard.yaml" --s3-bucket "$code" --output-template-file "$work/packaged.yaml"
  like 'S3Bucket|s3://' 'package puts the places into the template' cat "$work/packaged.yaml"
  like 'Successfully created/updated stack' 'deploy creates the stack' \
    aws cloudformation deploy --template-file "$work/packaged.yaml" --stack-name $stack --s3-bucket "$code" --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \
    --parameter-overrides Environment=cli Release=cli-$run SenderAddress=cli@onboard.example --no-fail-on-empty-changeset
  is CREATE_COMPLETE 'describe-stacks says so' stack_status $stack
  is 'onboard-cli' 'describe-stacks gives outputs' output EventBusName
  like 'No changes to deploy' 'deploy of the same is no change' \
    aws cloudformation deploy --template-file "$work/packaged.yaml" --stack-name $stack --s3-bucket "$code" --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND --no-fail-on-empty-changeset
  is '0' 'every resource is complete' \
    aws cloudformation describe-stack-resources --stack-name $stack --query "length(StackResources[?ResourceStatus!='CREATE_COMPLETE'])"
  is '"AWS::CloudFormation::Stack"' 'describe-stack-events has the newest first' \
    aws cloudformation describe-stack-events --stack-name $stack --output json --query 'StackEvents[0].ResourceType'
  is "arn:aws:events:us-east-1:$account:event-bus/onboard-cli" 'list-exports' \
    aws cloudformation list-exports --query "Exports[?Name=='$stack-EventBusArn'].Value"
}

cloudformation_project_end() {
  section=cloudformation
  local bus; bus=$(output EventBusName)
  runs 'delete-stack of the project' aws cloudformation delete-stack --stack-name $stack
  runs 'wait stack-delete-complete' aws cloudformation wait stack-delete-complete --stack-name $stack
  refused "Stack with id $stack does not exist" 'a deleted stack is not there by name' aws cloudformation describe-stacks --stack-name $stack
  refused ResourceNotFoundException 'the bus went with the stack' aws events describe-event-bus --name "$bus"
}

small_template() { # EXTRA-RESOURCES
  cat <<YAML
Parameters: { Timeout: { Type: Number, Default: 30 } }
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: cli-small-$run, VisibilityTimeout: !Ref Timeout } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: cli-small-$run
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:aws:iam::\${AWS::AccountId}:root" }, Action: sts:AssumeRole }] }
      Policies: [{ PolicyName: look, PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: sqs:GetQueueAttributes, Resource: !GetAtt Queue.Arn }] } }]
$1
Outputs: { QueueArn: { Value: !GetAtt Queue.Arn, Export: { Name: cli-small-$run-QueueArn } } }
YAML
}

deploy_small() { # FILE [STACK] [OPTION...]
  local file=$1 name=${2:-cli-small-$run}; shift; [ $# -gt 0 ] && shift
  aws cloudformation deploy --template-file "$file" --stack-name "$name" --capabilities CAPABILITY_NAMED_IAM "$@"
}

timeout_of() { sqs get-queue-attributes --queue-url "$AWS_ENDPOINT_URL/$account/$1" --attribute-names VisibilityTimeout --query Attributes.VisibilityTimeout; }

cloudformation_small() {
  section=cloudformation
  local small=cli-small-$run
  # A visibility timeout of more than 12 hours is refused by SQS, not by the template's own rules.
  local bad="  Bad: { Type: AWS::SQS::Queue, DependsOn: Queue, Properties: { VisibilityTimeout: 43201 } }"
  small_template '' >"$work/small.yaml"
  small_template "$bad" >"$work/bad.yaml"
  like 'Successfully created' 'a small stack is created' deploy_small "$work/small.yaml"
  # The CLI names change sets by the second, and two of one name are one too many.
  local second; second=$(date +%s); while [ "$(date +%s)" = "$second" ]; do :; done
  like 'Successfully created/updated' 'it is updated with a parameter' deploy_small "$work/small.yaml" $small --parameter-overrides Timeout=45
  is UPDATE_COMPLETE 'and says so' stack_status $small
  is 45 'the resource was changed' timeout_of $small
  # The command line names its change sets by the second, so nothing else is deployed here within the next one.
  refused 'No changes to deploy' 'no change can be made an error' deploy_small "$work/small.yaml" $small --parameter-overrides Timeout=45 --fail-on-empty-changeset
  is UPDATE_COMPLETE 'which changes nothing' stack_status $small
  is 45 'neither there' timeout_of $small
  is 45 'nor in the parameters' aws cloudformation describe-stacks --stack-name $small --query 'Stacks[0].Parameters[0].ParameterValue'
  refused 'Failed to create/update' 'an update that fails is reported' deploy_small "$work/bad.yaml" $small --parameter-overrides Timeout=60
  is UPDATE_ROLLBACK_COMPLETE 'it is rolled back' stack_status $small
  is 45 'what was changed before the failure is put back' timeout_of $small
  like 'Bad' 'the event of the failure names the resource' \
    aws cloudformation describe-stack-events --stack-name $small --query "StackEvents[?ResourceStatus=='CREATE_FAILED'].[LogicalResourceId,ResourceStatusReason]"
  is '45' 'parameters are those of before' aws cloudformation describe-stacks --stack-name $small --query 'Stacks[0].Parameters[0].ParameterValue'

  sed "s/cli-small-$run/cli-failed-$run/" "$work/bad.yaml" >"$work/failed.yaml"
  refused 'Failed to create/update' 'a creation that fails is reported' deploy_small "$work/failed.yaml" cli-failed-$run
  is ROLLBACK_COMPLETE 'it is rolled back' stack_status cli-failed-$run
  refused NonExistentQueue 'what was created is gone' timeout_of cli-failed-$run
  runs 'a rolled back stack is deleted' aws cloudformation delete-stack --stack-name cli-failed-$run

  small_template "  Thing: { Type: AWS::Nowhere::Thing, Properties: { Size: 3 } }" >"$work/type.yaml"
  refused 'AWS::Nowhere::Thing' 'an unknown resource type fails the change set by name' deploy_small "$work/type.yaml" cli-type-$run
  small_template "  Other: { Type: AWS::SQS::Queue, Properties: { VisibleTimeout: 3 } }" >"$work/property.yaml"
  refused 'VisibleTimeout' 'an unknown property fails the change set by name' deploy_small "$work/property.yaml" $small
  is UPDATE_ROLLBACK_COMPLETE 'and leaves the stack as it was' stack_status $small
  refused 'ValidationError.*Properties?.*Nonsense|Nonsense' 'validate-template refuses a broken template' \
    aws cloudformation validate-template --template-body '{"Resources":{"A":{"Type":"AWS::SQS::Queue","Nonsense":1}}}'

  printf 'Resources: { Copy: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: !ImportValue cli-small-%s-QueueArn, maxReceiveCount: 2 } } } }\n' $run >"$work/import.yaml"
  runs 'a stack imports what another exports' deploy_small "$work/import.yaml" cli-import-$run
  is cli-import-$run 'list-imports knows it' aws cloudformation list-imports --export-name cli-small-$run-QueueArn --query 'Imports[]'
  runs 'delete-stack of one whose export is in use is taken' aws cloudformation delete-stack --stack-name $small
  like "UPDATE_ROLLBACK_COMPLETE.*cli-small-$run-QueueArn.*in use by cli-import-$run" 'but not done, and an event says why' \
    aws cloudformation describe-stack-events --stack-name $small --output json --query 'StackEvents[0].[ResourceStatus,ResourceStatusReason]'
  runs 'the importing stack goes first' aws cloudformation delete-stack --stack-name cli-import-$run
  runs 'and is gone' aws cloudformation wait stack-delete-complete --stack-name cli-import-$run
}

identity() {
  section=iam
  local small=cli-small-$run keys
  is "arn:aws:iam::$account:role/$small" 'get-role' aws iam get-role --role-name $small --query Role.Arn
  is 'sts:AssumeRole' 'get-role gives the trust policy as a document' \
    aws iam get-role --role-name $small --query 'Role.AssumeRolePolicyDocument.Statement[0].Action'
  is "arn:aws:sqs:us-east-1:$account:$small" 'get-role-policy' \
    aws iam get-role-policy --role-name $small --policy-name look --query 'PolicyDocument.Statement[0].Resource'
  refused 'NoSuchEntity' 'a role that is not there' aws iam get-role --role-name nobody-$run
  section=sts
  is "$account arn:aws:iam::$account:user/administrator" 'get-caller-identity' aws sts get-caller-identity --query '[Account,Arn]'
  keys=$(aws sts assume-role --role-arn arn:aws:iam::$account:role/$small --role-session-name visit --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')
  read -r id secret token <<<"$keys"
  is "arn:aws:sts::$account:assumed-role/$small/visit" 'assume-role gives keys that are the role' \
    env AWS_ACCESS_KEY_ID="$id" AWS_SECRET_ACCESS_KEY="$secret" AWS_SESSION_TOKEN="$token" aws sts get-caller-identity --query Arn
  refused 'AccessDenied' 'a role that is not there cannot be assumed' \
    aws sts assume-role --role-arn arn:aws:iam::$account:role/nobody-$run --role-session-name visit
  refused 'InvalidClientTokenId' 'an unknown key is refused' env AWS_ACCESS_KEY_ID=AKIAUNKNOWNUNKNOWN00 aws sts get-caller-identity
  section=cloudformation
  runs 'delete-stack' aws cloudformation delete-stack --stack-name $small
  runs 'wait stack-delete-complete' aws cloudformation wait stack-delete-complete --stack-name $small
  refused NonExistentQueue 'the queue went with it' timeout_of $small
}

# ------------------------------------------------------------------ s3

s3() {
  section=s3
  local b=cli-s3-$run mb=${MULTIPART_MB:-20} version url
  runs 'mb' aws s3 mb "s3://$b"
  printf 'hello, world' >"$work/hello.txt"
  like 'upload: ' 'cp uploads' aws s3 cp "$work/hello.txt" "s3://$b/a folder/hällo+1.txt"
  is 'hello, world' 'cp downloads to standard output' aws s3 cp "s3://$b/a folder/hällo+1.txt" -
  like 'PRE a folder/' 'ls shows folders' aws s3 ls "s3://$b/"
  like '12 +a folder/hällo\+1.txt' 'ls --recursive shows keys' aws s3 ls --recursive "s3://$b/"
  like 'copy: ' 'cp copies within' aws s3 cp "s3://$b/a folder/hällo+1.txt" "s3://$b/copy.txt"
  like 'move: ' 'mv moves' aws s3 mv "s3://$b/copy.txt" "s3://$b/moved.txt"
  is 'world' 'a range' sh -c "aws s3api get-object --bucket $b --key moved.txt --range bytes=7-11 $work/range >$work/range.json && cat $work/range"
  is 'rld' 'a range from the end' sh -c "aws s3api get-object --bucket $b --key moved.txt --range bytes=-3 $work/range >$work/range.json && cat $work/range"
  refused InvalidRange 'a range outside' aws s3api get-object --bucket $b --key moved.txt --range bytes=100-200 "$work/range"
  refused '304|Not Modified' 'a condition that does not hold' \
    aws s3api get-object --bucket $b --key moved.txt --if-none-match "$(aws s3api head-object --bucket $b --key moved.txt --query ETag)" "$work/range"
  refused 'NoSuchKey|404' 'a key that is not there' aws s3 cp "s3://$b/nothing" -
  refused 'NoSuchBucket' 'a bucket that is not there' aws s3 ls "s3://nowhere-$run/"

  mkdir -p "$work/tree/sub/deep"
  for i in 1 2 3 4 5 6; do echo "file $i" >"$work/tree/f$i"; echo "deep $i" >"$work/tree/sub/deep/d$i"; done
  # Objects have whole seconds: a file of the same second looks newer than its object, on AWS too.
  find "$work/tree" -type f -exec touch -d '1 minute ago' {} +
  runs 'sync up' aws s3 sync "$work/tree" "s3://$b/tree" --no-progress
  is '' 'sync again has nothing to do' aws s3 sync "$work/tree" "s3://$b/tree"
  runs 'sync down' aws s3 sync "s3://$b/tree" "$work/back" --no-progress
  is '' 'what comes back is the same' diff -r "$work/tree" "$work/back"
  rm "$work/tree/f1"
  like 'delete: s3://.*tree/f1' 'sync --delete' aws s3 sync "$work/tree" "s3://$b/tree" --delete
  is 5 'rm --recursive --exclude removes the others' sh -c "aws s3 rm s3://$b/tree --recursive --exclude 'sub/*' | wc -l | tr -d ' '"
  is 6 'list-objects-v2 pages' aws s3api list-objects-v2 --bucket $b --prefix tree/ --page-size 2 --output json --query 'length(Contents)'

  head -c $((mb * 1024 * 1024)) /dev/urandom >"$work/big"
  runs "cp of $mb MB goes up in parts" aws s3 cp "$work/big" "s3://$b/big" --no-progress
  like '^[0-9a-f"]*-[0-9]+"?$' 'its entity tag is that of parts' aws s3api head-object --bucket $b --key big --query ETag
  runs 'and down in ranges' aws s3 cp "s3://$b/big" "$work/big2" --no-progress
  is '' 'without a changed byte' cmp "$work/big" "$work/big2"
  rm -f "$work/big2"
  runs 'cp within copies by parts' aws s3 cp "s3://$b/big" "s3://$b/big-copy" --no-progress
  is $((mb * 1024 * 1024)) 'to the same size' aws s3api head-object --bucket $b --key big-copy --query ContentLength
  rm -f "$work/big"
  multipart_by_hand "$b"

  url=$(aws s3 presign "s3://$b/moved.txt" --expires-in 60)
  is 'hello, world' 'a presigned URL needs no key' curl -sS "$url"
  is '403' 'an old one is refused' curl -sS -o /dev/null -w '%{http_code}' "$(printf '%s' "$url" | sed 's/Expires=[0-9]*/Expires=1/;s/X-Amz-Date=2/X-Amz-Date=1/')"
  is '403' 'nothing is public' curl -sS -o /dev/null -w '%{http_code}' "$AWS_ENDPOINT_URL/$b/moved.txt"

  runs 'versions are kept on demand' aws s3api put-bucket-versioning --bucket $b --versioning-configuration Status=Enabled
  version=$(aws s3api put-object --bucket $b --key v --body "$work/hello.txt" --query VersionId)
  echo second >"$work/second.txt"
  runs 'a second version' aws s3api put-object --bucket $b --key v --body "$work/second.txt"
  is 'second' 'the newest is what is got' aws s3 cp "s3://$b/v" -
  is 'hello, world' 'the first is got by its id' sh -c "aws s3api get-object --bucket $b --key v --version-id $version $work/v >$work/v.json && cat $work/v"
  runs 'rm sets a delete marker' aws s3 rm "s3://$b/v"
  refused '404' 'then it is not there' aws s3 cp "s3://$b/v" -
  is '2 1' 'list-object-versions has all' aws s3api list-object-versions --bucket $b --prefix v --query '[length(Versions),length(DeleteMarkers)]'
  runs 'the marker is deleted' aws s3api delete-object --bucket $b --key v --version-id "$(aws s3api list-object-versions --bucket $b --prefix v --query 'DeleteMarkers[0].VersionId')"
  is 'second' 'then it is there again' aws s3 cp "s3://$b/v" -
  refused 'BucketNotEmpty' 'a bucket with objects stays' aws s3 rb "s3://$b"
  runs 'rm --recursive' aws s3 rm "s3://$b" --recursive
  local old
  old=$(AWS_DEFAULT_OUTPUT=json aws s3api list-object-versions --bucket $b --query '{Objects: [Versions[].{Key:Key,VersionId:VersionId}, DeleteMarkers[].{Key:Key,VersionId:VersionId}][]}')
  is None 'delete-objects deletes versions' aws s3api delete-objects --bucket $b --delete "$old" --query Errors
  like 'remove_bucket' 'rb' aws s3 rb "s3://$b"
}

multipart_by_hand() { # BUCKET
  local upload etag
  upload=$(aws s3api create-multipart-upload --bucket "$1" --key parts --query UploadId)
  etag=$(aws s3api upload-part --bucket "$1" --key parts --upload-id "$upload" --part-number 1 --body "$work/hello.txt" --query ETag)
  is '1 12' 'list-parts' aws s3api list-parts --bucket "$1" --key parts --upload-id "$upload" --query 'Parts[].[PartNumber,Size]'
  is parts 'list-multipart-uploads' aws s3api list-multipart-uploads --bucket "$1" --query 'Uploads[].Key'
  refused InvalidPart 'a part that was not uploaded' aws s3api complete-multipart-upload --bucket "$1" --key parts --upload-id "$upload" \
    --multipart-upload "Parts=[{PartNumber=1,ETag=$etag},{PartNumber=2,ETag=$etag}]"
  runs 'abort-multipart-upload' aws s3api abort-multipart-upload --bucket "$1" --key parts --upload-id "$upload"
  refused NoSuchUpload 'then it is gone' aws s3api list-parts --bucket "$1" --key parts --upload-id "$upload"
}

# ------------------------------------------------------------------ events

mails_to() { curl -sS "$AWS_ENDPOINT_URL/_onboard/mails?to=$1" | grep -c '"subject":"Welcome aboard"'; }

events() {
  section=events
  local users audit who=cli-$run@example.com
  users=$(output UsersTableName) audit=$(output AuditLogName)
  is "onboard-cli arn:aws:events:us-east-1:$account:event-bus/onboard-cli" 'describe-event-bus' aws events describe-event-bus --name onboard-cli --query '[Name,Arn]'
  is 7 'list-rules' aws events list-rules --event-bus-name onboard-cli --query 'length(Rules)'
  local rule; rule=$(resource UserRegisteredRule | sed 's/.*|//')
  is ENABLED 'describe-rule' aws events describe-rule --event-bus-name onboard-cli --name "$rule" --query State
  like '^register +arn:aws:lambda:.*:live$' 'list-targets-by-rule' \
    aws events list-targets-by-rule --event-bus-name onboard-cli --rule "$rule" --query 'Targets[].[Id,Arn]'
  local event
  event=$(tr -d '\n' <"$root/rules/user-registered/matches/from-a-shop.json")
  is True 'test-event-pattern that matches' aws events test-event-pattern --event "$event" --event-pattern "file://$root/rules/user-registered/pattern.json"
  is False 'test-event-pattern that does not' aws events test-event-pattern --event "$event" --event-pattern '{"source":["elsewhere"]}'
  refused InvalidEventPatternException 'test-event-pattern of a broken pattern' aws events test-event-pattern --event "$event" --event-pattern '{"source":"shop"}'
  is 0 'put-events takes a UserRegistered of any source' aws events put-events --query FailedEntryCount --entries \
    "[{\"EventBusName\":\"onboard-cli\",\"Source\":\"crm.$run\",\"DetailType\":\"UserRegistered\",\"Detail\":\"{\\\"data\\\":{\\\"email\\\":\\\"$who\\\",\\\"name\\\":\\\"Cli\\\"}}\"}]"
  is '1 MalformedDetail' 'put-events refuses an entry, not the others' aws events put-events --query '[FailedEntryCount,Entries[1].ErrorCode]' --entries \
    '[{"EventBusName":"onboard-cli","Source":"test","DetailType":"Nothing","Detail":"{}"},{"EventBusName":"onboard-cli","Source":"test","DetailType":"Nothing","Detail":"{"}]'
  eventually "$who Cli" 'the user is stored' aws dynamodb get-item --table-name "$users" --key "{\"email\":{\"S\":\"$who\"}}" --query 'Item.[email.S,name.S]'
  eventually 1 'a UserCreated event was published' aws logs filter-log-events --log-group-name "$audit" \
    --filter-pattern "{ \$.source = \"onboard.users\" && \$.detail.data.email = \"$who\" }" --query 'length(events)'
  eventually 1 'one mail was sent' mails_to "$who"
}

# ------------------------------------------------------------------ stepfunctions

stepfunctions() {
  section=stepfunctions
  local machine imports execution run_arn upload
  machine=$(output ImportStateMachineArn) imports=$(output ImportsTableName) upload=$(output UploadBucketName)
  runs 'an uploaded file starts the workflow' aws s3 cp "$root/examples/users-with-bad-rows.csv" "s3://$upload/cli-$run.csv" --no-progress
  eventually COMPLETED 'the import is completed' aws dynamodb scan --table-name "$imports" --filter-expression '#key = :key' \
    --expression-attribute-names '{"#key":"key"}' --expression-attribute-values "{\":key\":{\"S\":\"cli-$run.csv\"}}" --query 'Items[0].status.S'
  eventually SUCCEEDED 'list-executions' aws stepfunctions list-executions --state-machine-arn "$machine" --query 'executions[0].status'
  execution=$(aws stepfunctions list-executions --state-machine-arn "$machine" --query 'executions[0].executionArn')
  is "$machine SUCCEEDED" 'describe-execution' aws stepfunctions describe-execution --execution-arn "$execution" --query '[stateMachineArn,status]'
  like 'Describe import' 'describe-state-machine-for-execution gives the definition' \
    aws stepfunctions describe-state-machine-for-execution --execution-arn "$execution" --query definition
  like '^ExecutionStarted PassStateEntered .*MapRunStarted .*ExecutionSucceeded$' 'get-execution-history from the start' \
    aws stepfunctions get-execution-history --execution-arn "$execution" --query 'events[].type'
  is ExecutionSucceeded 'get-execution-history from the end' \
    aws stepfunctions get-execution-history --execution-arn "$execution" --reverse-order --no-paginate --query 'events[0].type'
  run_arn=$(aws stepfunctions list-map-runs --execution-arn "$execution" --query 'mapRuns[0].mapRunArn')
  like ':mapRun:ImportUsers-cli/Batches:' 'list-map-runs' echo "$run_arn"
  is 'SUCCEEDED 0 0' 'describe-map-run counts items and executions' \
    aws stepfunctions describe-map-run --map-run-arn "$run_arn" --query '[status,itemCounts.failed,executionCounts.failed]'
  is SUCCEEDED 'list-executions of the map run' aws stepfunctions list-executions --map-run-arn "$run_arn" --query 'executions[0].status'
  refused ExecutionDoesNotExist 'an execution that is not there' aws stepfunctions describe-execution --execution-arn "$execution-x"

  local role arn
  role=$(aws iam get-role --role-name "$(resource ImportUsersRole)" --query Role.Arn)
  arn=$(aws stepfunctions create-state-machine --name cli-$run --role-arn "$role" --query stateMachineArn --definition \
    '{"QueryLanguage":"JSONata","StartAt":"Greet","States":{"Greet":{"Type":"Pass","Output":{"greeting":"{% \"hello \" & $states.input.name %}"},"Next":"Long?"},"Long?":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.greeting = \"hello long\" %}","Next":"Wait"}],"Default":"Done"},"Wait":{"Type":"Wait","Seconds":3600,"Next":"Done"},"Done":{"Type":"Succeed"}}}')
  execution=$(aws stepfunctions start-execution --state-machine-arn "$arn" --name first --input '{"name":"world"}' --query executionArn)
  eventually 'SUCCEEDED {"greeting":"hello world"}' 'start-execution' aws stepfunctions describe-execution --execution-arn "$execution" --query '[status,output]'
  refused ExecutionAlreadyExists 'a name is used once' aws stepfunctions start-execution --state-machine-arn "$arn" --name first --input '{"name":"other"}'
  refused InvalidExecutionInput 'an input that is no JSON' aws stepfunctions start-execution --state-machine-arn "$arn" --input '{'
  refused InvalidDefinition 'a definition that is none' aws stepfunctions create-state-machine --name cli-bad-$run --role-arn "$role" --definition '{"StartAt":"A","States":{}}'
  execution=$(aws stepfunctions start-execution --state-machine-arn "$arn" --input '{"name":"long"}' --query executionArn)
  runs 'stop-execution' aws stepfunctions stop-execution --execution-arn "$execution" --error Enough --cause 'of it'
  is 'ABORTED Enough of it' 'it is aborted' aws stepfunctions describe-execution --execution-arn "$execution" --query '[status,error,cause]'
  if has stepfunctions redrive-execution; then
    runs 'redrive-execution' aws stepfunctions redrive-execution --execution-arn "$execution"
    is 'RUNNING 1' 'it is redriven' aws stepfunctions describe-execution --execution-arn "$execution" --query '[status,redriveCount]'
    aws stepfunctions stop-execution --execution-arn "$execution" >/dev/null
  fi
  if has stepfunctions test-state; then
    is 'SUCCEEDED Then {"greeting":"hello world"}' 'test-state' aws stepfunctions test-state --role-arn "$role" --input '{"name":"world"}' \
      --definition '{"QueryLanguage":"JSONata","Type":"Pass","Output":{"greeting":"{% \"hello \" & $states.input.name %}"},"Next":"Then"}' \
      --query '[status,nextState,output]'
    refused InvalidDefinition 'a state that is none' aws stepfunctions test-state --definition '{"Type":"Nap"}'
  fi
  runs 'delete-state-machine' aws stepfunctions delete-state-machine --state-machine-arn "$arn"
}

# ------------------------------------------------------------------ lambda and its logs

lambda() {
  section=lambda
  local function who=lambda-$run@example.com location
  function=$(resource RegisterUserFunction)
  is 7 'list-functions' aws lambda list-functions --query "length(Functions[?starts_with(FunctionName, '$stack-')])"
  is 'java25 Active dev.onboard.functions.RegisterUser::handleRequest' 'get-function' \
    aws lambda get-function --function-name "$function" --query 'Configuration.[Runtime,State,Handler]'
  location=$(aws lambda get-function --function-name "$function" --query Code.Location)
  is 200 'get-function says where the code is' curl -sS -o "$work/code.zip" -w '%{http_code}' "$location"
  is 'PK' 'and that is an archive' head -c 2 "$work/code.zip"
  is '200 None' 'invoke of an alias' aws lambda invoke --function-name "$function:live" --query '[StatusCode,FunctionError]' "$work/answer.json" \
    --payload "{\"id\":\"$run\",\"source\":\"shop\",\"detail-type\":\"UserRegistered\",\"time\":\"2026-01-01T00:00:00Z\",\"detail\":{\"data\":{\"email\":\"$who\"}}}"
  is '{"outcome":"CREATED"}' 'and its answer' cat "$work/answer.json"
  is Unhandled 'a function that fails' aws lambda invoke --function-name "$function:live" --payload '{"detail":{}}' --query FunctionError "$work/error.json"
  like '"errorMessage":.*"errorType":|"errorType":.*"errorMessage":' 'says why' cat "$work/error.json"
  refused 'lambda:Invoke with LogType Tail.*local runtime does not have it' 'invoke --log-type Tail is refused by name' \
    aws lambda invoke --function-name "$function:live" --log-type Tail --payload '{"detail":{}}' "$work/error.json"
  is 202 'invoke --invocation-type Event' aws lambda invoke --function-name "$function:live" --invocation-type Event --query StatusCode "$work/answer.json" \
    --payload "{\"id\":\"$run-2\",\"source\":\"shop\",\"detail-type\":\"UserRegistered\",\"time\":\"2026-01-01T00:00:00Z\",\"detail\":{\"data\":{\"email\":\"async-$who\"}}}"
  refused ResourceNotFoundException 'a function that is not there' aws lambda invoke --function-name nothing-$run "$work/answer.json"
  refused InvalidRequestContentException 'a payload that is no JSON' aws lambda invoke --function-name "$function" --payload '{' "$work/answer.json"
  is "50 Enabled" 'list-event-source-mappings' \
    aws lambda list-event-source-mappings --function-name "$(resource SendWelcomeMailFunction):live" --query 'EventSourceMappings[].[BatchSize,State]'
  is live 'list-aliases' aws lambda list-aliases --function-name "$function" --query 'Aliases[].Name'
  section=logs
  is '/onboard/cli/register-user 30' 'describe-log-groups' aws logs describe-log-groups --log-group-name-prefix /onboard/cli/register --query 'logGroups[].[logGroupName,retentionInDays]'
  eventually 2 'filter-log-events has what the function logged' \
    aws logs filter-log-events --log-group-name /onboard/cli/register-user --filter-pattern '{ $.outcome = "CREATED" && $.source = "shop" }' --query 'length(events)'
  like 'LogStreamName|/' 'describe-log-streams' aws logs describe-log-streams --log-group-name /onboard/cli/register-user --query 'logStreams[0].logStreamName'
  refused ResourceNotFoundException 'a log group that is not there' aws logs filter-log-events --log-group-name /nothing/$run
}

schemas() {
  section=schemas
  like 'onboard-cli' 'list-registries' aws schemas list-registries --scope LOCAL --query 'Registries[].RegistryName'
  is 'onboard.users@ImportCompleted-v1 onboard.users@ImportFailed-v1 onboard.users@UserCreated-v1 onboard.users@UserRegistered-v1' 'list-schemas' \
    aws schemas list-schemas --registry-name onboard-cli --query 'sort(Schemas[].SchemaName)'
  like '"correlationId"' 'describe-schema' aws schemas describe-schema --registry-name onboard-cli --schema-name onboard.users@UserCreated-v1 --query Content
  is '1 JSONSchemaDraft4' 'describe-schema --schema-version' \
    aws schemas describe-schema --registry-name onboard-cli --schema-name onboard.users@UserCreated-v1 --schema-version 1 --query '[SchemaVersion,Type]'
  refused NotFoundException 'a version that is not there' \
    aws schemas describe-schema --registry-name onboard-cli --schema-name onboard.users@UserCreated-v1 --schema-version 9
  runs 'update-schema' aws schemas update-schema --registry-name onboard-cli --schema-name onboard.users@ImportFailed-v1 --type JSONSchemaDraft4 \
    --content '{"$schema":"http://json-schema.org/draft-04/schema#","title":"Zebra","type":"object"}'
  is '1 2' 'list-schema-versions' aws schemas list-schema-versions --registry-name onboard-cli --schema-name onboard.users@ImportFailed-v1 --query 'sort(SchemaVersions[].SchemaVersion)'
  is 'onboard.users@UserRegistered-v1' 'search-schemas' aws schemas search-schemas --registry-name onboard-cli --keywords UserRegistered --query 'Schemas[].SchemaName'
  local id=events-event-bus-onboard-cli discovered=discovered-schemas
  is "$id STARTED True" 'create-discoverer' aws schemas create-discoverer --source-arn arn:aws:events:us-east-1:$account:event-bus/onboard-cli --query '[DiscovererId,State,CrossAccount]'
  refused ConflictException 'a second discoverer of a bus' aws schemas create-discoverer --source-arn arn:aws:events:us-east-1:$account:event-bus/onboard-cli
  is "schemas.amazonaws.com" 'describe-rule of what a service manages' aws events describe-rule --event-bus-name onboard-cli --name Schemas-$id --query ManagedBy
  refused 'ManagedRuleException.*is a managed rule' 'delete-rule of what a service manages' aws events delete-rule --event-bus-name onboard-cli --name Schemas-$id
  runs 'put-events of a new type' aws events put-events --entries '[{"EventBusName":"onboard-cli","Source":"zoo","DetailType":"Animal fed","Detail":"{\"n\":1}"}]'
  runs 'put-events of the type with another field' aws events put-events --entries '[{"EventBusName":"onboard-cli","Source":"zoo","DetailType":"Animal fed","Detail":"{\"n\":1,\"by\":\"Ada\"}"}]'
  is '1 2' 'a discovered schema grows' aws schemas list-schema-versions --registry-name $discovered --schema-name zoo@AnimalFed --query 'sort(SchemaVersions[].SchemaVersion)'
  like '"definitions":\{"AnimalFed"' 'export-schema' aws schemas export-schema --registry-name $discovered --schema-name zoo@AnimalFed --type JSONSchemaDraft4 --query Content
  is CREATE_IN_PROGRESS 'put-code-binding' aws schemas put-code-binding --registry-name $discovered --schema-name zoo@AnimalFed --language Java8 --query Status
  runs 'wait code-binding-exists' aws schemas wait code-binding-exists --registry-name $discovered --schema-name zoo@AnimalFed --language Java8
  runs 'get-code-binding-source' aws schemas get-code-binding-source --registry-name $discovered --schema-name zoo@AnimalFed --language Java8 "$work/binding.zip"
  is PK 'the source is a ZIP' head -c 2 "$work/binding.zip"
  refused 'BadRequestException.*Go1' 'a language that is not there' aws schemas put-code-binding --registry-name $discovered --schema-name zoo@AnimalFed --language Go1
  like 'int64' 'get-discovered-schema' aws schemas get-discovered-schema --type OpenApi3 --events '{"a":1}' --query Content
  is STOPPED 'stop-discoverer' aws schemas stop-discoverer --discoverer-id $id --query State
  runs 'delete-discoverer' aws schemas delete-discoverer --discoverer-id $id
  runs 'delete-schema of what was discovered' aws schemas delete-schema --registry-name $discovered --schema-name zoo@AnimalFed
}

# ------------------------------------------------------------------ dynamodb

dynamodb() {
  section=dynamodb
  local t=cli-$run
  runs 'create-table' aws dynamodb create-table --table-name $t --billing-mode PAY_PER_REQUEST --key-schema AttributeName=pk,KeyType=HASH AttributeName=sk,KeyType=RANGE \
    --attribute-definitions AttributeName=pk,AttributeType=S AttributeName=sk,AttributeType=N AttributeName=who,AttributeType=S \
    --global-secondary-indexes 'IndexName=by-who,KeySchema=[{AttributeName=who,KeyType=HASH}],Projection={ProjectionType=ALL}'
  runs 'wait table-exists' aws dynamodb wait table-exists --table-name $t
  runs 'put-item' aws dynamodb put-item --table-name $t --item '{"pk":{"S":"a"},"sk":{"N":"1"},"who":{"S":"Ada"},"tags":{"SS":["x","y"]},"raw":{"B":"AAEC"},"n":{"N":"1.50"},"yes":{"BOOL":true},"none":{"NULL":true},"deep":{"M":{"l":{"L":[{"N":"1"},{"S":"two"}]}}}}'
  is 'Ada 1.5 QUFFQw== two' 'get-item' aws dynamodb get-item --table-name $t --key '{"pk":{"S":"a"},"sk":{"N":"1"}}' --query 'Item.[who.S,n.N,raw.B,deep.M.l.L[1].S]'
  refused ConditionalCheckFailedException 'a condition that does not hold' \
    aws dynamodb put-item --table-name $t --item '{"pk":{"S":"a"},"sk":{"N":"1"}}' --condition-expression 'attribute_not_exists(pk)'
  refused 'ValidationException.*reserved keyword' 'a reserved word' aws dynamodb scan --table-name $t --filter-expression 'status = :s' --expression-attribute-values '{":s":{"S":"x"}}'
  is '3.5 z' 'update-item' aws dynamodb update-item --table-name $t --key '{"pk":{"S":"a"},"sk":{"N":"1"}}' --return-values UPDATED_NEW \
    --update-expression 'SET n = n + :two, deep.l[2] = :z REMOVE yes ADD tags :w' --expression-attribute-values '{":two":{"N":"2"},":z":{"S":"z"},":w":{"SS":["w"]}}' --query 'Attributes.[n.N,deep.M.l.L[0].S]'
  runs 'batch-write-item' aws dynamodb batch-write-item --request-items "{\"$t\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"2\"},\"who\":{\"S\":\"Bob\"}}}},{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"10\"},\"who\":{\"S\":\"Bob\"}}}},{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"1\"}}}}]}"
  is '1 2 10' 'query sorts numbers as numbers' aws dynamodb query --table-name $t --key-condition-expression 'pk = :a' --expression-attribute-values '{":a":{"S":"a"}}' --query 'Items[].sk.N'
  is '10 2' 'query backwards between' aws dynamodb query --table-name $t --key-condition-expression 'pk = :a AND sk BETWEEN :l AND :h' --no-scan-index-forward \
    --expression-attribute-values '{":a":{"S":"a"},":l":{"N":"2"},":h":{"N":"10"}}' --query 'Items[].sk.N'
  is 2 'query of an index' aws dynamodb query --table-name $t --index-name by-who --key-condition-expression 'who = :w' --expression-attribute-values '{":w":{"S":"Bob"}}' --query Count
  is 4 'scan pages' aws dynamodb scan --table-name $t --page-size 1 --output json --query 'length(Items)'
  is '4 None' 'scan counts' aws dynamodb scan --table-name $t --select COUNT --query '[Count,Items]'
  is 2 'batch-get-item' aws dynamodb batch-get-item --request-items "{\"$t\":{\"Keys\":[{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"2\"}},{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"1\"}},{\"pk\":{\"S\":\"c\"},\"sk\":{\"N\":\"1\"}}]}}" --query "length(Responses.\"$t\")"
  runs 'transact-write-items' aws dynamodb transact-write-items --transact-items "[{\"Put\":{\"TableName\":\"$t\",\"Item\":{\"pk\":{\"S\":\"t\"},\"sk\":{\"N\":\"1\"}}}},{\"Delete\":{\"TableName\":\"$t\",\"Key\":{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"1\"}}}}]"
  refused 'TransactionCanceledException.*\[None, ConditionalCheckFailed\]' 'a transaction is all or nothing' \
    aws dynamodb transact-write-items --transact-items "[{\"Put\":{\"TableName\":\"$t\",\"Item\":{\"pk\":{\"S\":\"t\"},\"sk\":{\"N\":\"2\"}}}},{\"ConditionCheck\":{\"TableName\":\"$t\",\"Key\":{\"pk\":{\"S\":\"b\"},\"sk\":{\"N\":\"1\"}},\"ConditionExpression\":\"attribute_exists(pk)\"}}]"
  is 'None' 'and left nothing' aws dynamodb get-item --table-name $t --key '{"pk":{"S":"t"},"sk":{"N":"2"}}' --query Item
  is 'a t' 'transact-get-items' aws dynamodb transact-get-items --transact-items "[{\"Get\":{\"TableName\":\"$t\",\"Key\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"}}}},{\"Get\":{\"TableName\":\"$t\",\"Key\":{\"pk\":{\"S\":\"t\"},\"sk\":{\"N\":\"1\"}}}}]" --query 'Responses[].Item.pk.S'
  runs 'execute-statement inserts' aws dynamodb execute-statement --statement "INSERT INTO \"$t\" VALUE {'pk': 's', 'sk': 1, 'who': ?}" --parameters '[{"S":"Sql"}]'
  runs 'execute-statement updates' aws dynamodb execute-statement --statement "UPDATE \"$t\" SET who = 'Sequel' WHERE pk = 's' AND sk = 1"
  is Sequel 'execute-statement selects' aws dynamodb execute-statement --statement "SELECT who FROM \"$t\" WHERE pk = ? AND sk = 1" --parameters '[{"S":"s"}]' --query 'Items[].who.S'
  refused DuplicateItemException 'execute-statement inserts no second' aws dynamodb execute-statement --statement "INSERT INTO \"$t\" VALUE {'pk': 's', 'sk': 1}"
  is Sequel 'delete-item gives the old' aws dynamodb delete-item --table-name $t --key '{"pk":{"S":"s"},"sk":{"N":"1"}}' --return-values ALL_OLD --query Attributes.who.S
  refused ResourceNotFoundException 'a table that is not there' aws dynamodb scan --table-name nothing-$run
  runs 'delete-table' aws dynamodb delete-table --table-name $t
}

# ------------------------------------------------------------------ messages

sqs_section() {
  section=sqs
  local q dlq arn handle
  dlq=$(sqs create-queue --queue-name cli-dlq-$run --query QueueUrl)
  arn=arn:aws:sqs:us-east-1:$account:cli-dlq-$run
  q=$(sqs create-queue --queue-name cli-$run --query QueueUrl --attributes "{\"VisibilityTimeout\":\"0\",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"$arn\\\",\\\"maxReceiveCount\\\":\\\"2\\\"}\"}")
  is "$AWS_ENDPOINT_URL/$account/cli-$run" 'create-queue' echo "$q"
  is "$q" 'get-queue-url' sqs get-queue-url --queue-name cli-$run --query QueueUrl
  is "$(printf 'over and out' | md5sum | cut -d' ' -f1)" 'send-message' sqs send-message --queue-url "$q" --message-body 'over and out' \
    --message-attributes '{"kind":{"DataType":"String","StringValue":"test"}}' --query MD5OfMessageBody
  is '1 0 0' 'get-queue-attributes counts' sqs get-queue-attributes --queue-url "$q" --attribute-names All \
    --query 'Attributes.[ApproximateNumberOfMessages,ApproximateNumberOfMessagesNotVisible,VisibilityTimeout]'
  is 'over and out test 1' 'receive-message' sqs receive-message --queue-url "$q" --attribute-names All --message-attribute-names All \
    --query 'Messages[0].[Body,MessageAttributes.kind.StringValue,Attributes.ApproximateReceiveCount]'
  runs 'receive-message again' sqs receive-message --queue-url "$q"
  is None 'what is received too often is no longer there' sqs receive-message --queue-url "$q" --query Messages
  is 'over and out' 'but in the dead-letter queue' sqs receive-message --queue-url "$dlq" --visibility-timeout 0 --query 'Messages[0].Body'
  is "$q" 'list-dead-letter-source-queues' sqs list-dead-letter-source-queues --queue-url "$dlq" --query 'queueUrls[]'
  if has sqs start-message-move-task; then
    runs 'start-message-move-task' sqs start-message-move-task --source-arn "$arn"
    eventually 'COMPLETED 1' 'list-message-move-tasks' sqs list-message-move-tasks --source-arn "$arn" --query 'Results[0].[Status,ApproximateNumberOfMessagesMoved]'
  else
    runs 'send-message again' sqs send-message --queue-url "$q" --message-body 'over and out'
  fi
  handle=$(sqs receive-message --queue-url "$q" --visibility-timeout 60 --query 'Messages[0].ReceiptHandle')
  runs 'change-message-visibility' sqs change-message-visibility --queue-url "$q" --receipt-handle "$handle" --visibility-timeout 120
  runs 'the moved message is deleted' sqs delete-message --queue-url "$q" --receipt-handle "$handle"
  runs 'set-queue-attributes' sqs set-queue-attributes --queue-url "$q" --attributes VisibilityTimeout=17
  is 17 'they are set' sqs get-queue-attributes --queue-url "$q" --attribute-names VisibilityTimeout --query Attributes.VisibilityTimeout
  is 'a b' 'send-message-batch' sqs send-message-batch --queue-url "$q" --entries Id=a,MessageBody=1 Id=b,MessageBody=2 --query 'Successful[].Id'
  runs 'purge-queue' sqs purge-queue --queue-url "$q"
  is 0 'nothing is left' sqs get-queue-attributes --queue-url "$q" --attribute-names ApproximateNumberOfMessages --query Attributes.ApproximateNumberOfMessages
  refused 'NonExistentQueue' 'a queue that is not there' sqs get-queue-url --queue-name nothing-$run

  section=sns
  local topic
  topic=$(aws sns create-topic --name cli-$run --query TopicArn)
  runs 'subscribe' aws sns subscribe --topic-arn "$topic" --protocol sqs --notification-endpoint "arn:aws:sqs:us-east-1:$account:cli-$run" --attributes RawMessageDelivery=true
  sqs set-queue-attributes --queue-url "$q" --attributes "{\"Policy\":\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"Service\\\":\\\"sns.amazonaws.com\\\"},\\\"Action\\\":\\\"sqs:SendMessage\\\",\\\"Resource\\\":\\\"*\\\"}]}\"}"
  like '^[0-9a-f-]{36}$' 'publish' aws sns publish --topic-arn "$topic" --message 'from the topic' --query MessageId
  eventually 'from the topic' 'the subscriber has it' sqs receive-message --queue-url "$q" --wait-time-seconds 1 --query 'Messages[0].Body'
  refused 'NotFound' 'a topic that is not there' aws sns publish --topic-arn "$topic-x" --message lost
  runs 'delete-topic' aws sns delete-topic --topic-arn "$topic"
  sqs delete-queue --queue-url "$dlq"
  section=sqs
  runs 'delete-queue' sqs delete-queue --queue-url "$q"
}

ses() {
  section=sesv2
  local who=ses-$run@example.com
  runs 'create-email-identity' aws sesv2 create-email-identity --email-identity cli-$run@onboard.example
  like "cli-$run@onboard.example" 'list-email-identities' aws sesv2 list-email-identities --query 'EmailIdentities[].IdentityName'
  runs 'create-email-template' aws sesv2 create-email-template --template-name cli-$run --template-content '{"Subject":"Hi {{name}}","Text":"Dear {{name}}","Html":"<p>{{name}}</p>"}'
  is 'Hi {{name}}' 'get-email-template' aws sesv2 get-email-template --template-name cli-$run --query TemplateContent.Subject
  like '.' 'send-email' aws sesv2 send-email --from-email-address cli-$run@onboard.example --destination ToAddresses=$who --query MessageId \
    --content '{"Simple":{"Subject":{"Data":"Plain"},"Body":{"Text":{"Data":"text of it"}}}}'
  like '.' 'send-email of a template' aws sesv2 send-email --from-email-address cli-$run@onboard.example --destination ToAddresses=$who --query MessageId \
    --content "{\"Template\":{\"TemplateName\":\"cli-$run\",\"TemplateData\":\"{\\\"name\\\":\\\"Ada\\\"}\"}}"
  like '"subject":"Hi Ada".*"subject":"Plain"' 'both are among the sent mails' curl -sS "$AWS_ENDPOINT_URL/_onboard/mails?to=$who"
  refused 'MessageRejected.*not verified' 'a sender that is no identity' aws sesv2 send-email --from-email-address stranger@elsewhere.example \
    --destination ToAddresses=$who --content '{"Simple":{"Subject":{"Data":"Plain"},"Body":{"Text":{"Data":"text"}}}}'
  refused NotFoundException 'a template that is not there' aws sesv2 get-email-template --template-name nothing-$run
  aws sesv2 delete-email-template --template-name cli-$run
  aws sesv2 delete-email-identity --email-identity cli-$run@onboard.example
}

# ------------------------------------------------------------------ what is not there

# absent SERVICE-IN-THE-ERROR OPERATION COMMAND...: a 4xx that names both and says whose lack it is
absent() {
  local service=$1 operation=$2; shift 2
  refused "$service.*$operation.*local runtime|$operation.*$service.*local runtime|local runtime.*$service.*$operation|local runtime.*$operation.*$service" "$service $operation" "$@"
}

absences() {
  section='not there'
  absent dynamodb ListBackups aws dynamodb list-backups
  absent events ListEndpoints aws events list-endpoints
  absent logs DescribeQueries aws logs describe-queries
  absent sns ListPlatformApplications aws sns list-platform-applications
  absent iam ListGroups aws iam list-groups
  absent sts DecodeAuthorizationMessage aws sts decode-authorization-message --encoded-message x
  absent cloudformation ListStackSets aws cloudformation list-stack-sets
  absent monitoring ListMetricStreams aws cloudwatch list-metric-streams
  absent lambda ListLayers aws lambda list-layers
  absent ses ListContactLists aws sesv2 list-contact-lists
  absent schemas ListRegistries aws schemas list-registries --scope AWS
  absent s3 GetBucketWebsite aws s3api get-bucket-website --bucket nothing-$run
  absent ec2 DescribeInstances aws ec2 describe-instances
  absent kinesis ListStreams aws kinesis list-streams
  absent secretsmanager ListSecrets aws secretsmanager list-secrets
  absent route53 'GET /2013-04-01/hostedzone' aws route53 list-hosted-zones
  absent apigateway 'GET /restapis' aws apigateway get-rest-apis
}

# ------------------------------------------------------------------ two at a time

deployed() { cloudformation_project; events; stepfunctions; lambda; schemas; cloudformation_project_end; }
alone() { s3; cloudformation_small; identity; dynamodb; sqs_section; ses; absences; }

printf '%s\n' "$version"
if [ $# -gt 0 ]; then
  for part in "$@"; do "$part"; done
else
  deployed & first=$!
  alone & second=$!
  wait $first $second
fi
good=$(grep -c '^ok$' "$results") bad=$(grep -c '^FAILED$' "$results")
echo "$good as expected, $bad not"
[ "$bad" = 0 ] && [ "$good" -gt 0 ]
