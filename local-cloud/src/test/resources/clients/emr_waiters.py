"""A cluster's life as boto3 sees it: started, waited for, changed, ended. Its one argument is EMR's endpoint."""
import sys

import boto3
from botocore.exceptions import ClientError, WaiterError

FAST = {"Delay": 1, "MaxAttempts": 60}
emr = boto3.client(
    "emr",
    endpoint_url=sys.argv[1],
    region_name="us-east-1",
    aws_access_key_id="any",
    aws_secret_access_key="any",
)


def step(name, script, action="CONTINUE"):
    return {
        "Name": name,
        "ActionOnFailure": action,
        "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["bash", "-c", script]},
    }


def run(**more):
    request = {
        "Name": "boto3",
        "ReleaseLabel": "emr-7.13.0",
        "ServiceRole": "EMR_DefaultRole",
        "JobFlowRole": "EMR_EC2_DefaultRole",
        "Instances": {"MasterInstanceType": "m5.xlarge", "InstanceCount": 1, "KeepJobFlowAliveWhenNoSteps": True},
    }
    return emr.run_job_flow(**{**request, **more})["JobFlowId"]


cluster = run(Steps=[step("good", "true")])
emr.get_waiter("cluster_running").wait(ClusterId=cluster, WaiterConfig=FAST)
good = emr.list_steps(ClusterId=cluster)["Steps"][0]["Id"]
emr.get_waiter("step_complete").wait(ClusterId=cluster, StepId=good, WaiterConfig=FAST)
print("step complete")

bad = emr.add_job_flow_steps(JobFlowId=cluster, Steps=[step("bad", "false")])["StepIds"][0]
try:
    emr.get_waiter("step_complete").wait(ClusterId=cluster, StepId=bad, WaiterConfig=FAST)
except WaiterError as e:
    print("waiter:", e.last_response["Step"]["Status"]["State"])

described = emr.describe_cluster(ClusterId=cluster)["Cluster"]
print("visible:", described["VisibleToAllUsers"], "tags:", described["Tags"])
emr.add_tags(ResourceId=cluster, Tags=[{"Key": "team", "Value": "data"}])
print("tags:", emr.describe_cluster(ClusterId=cluster)["Cluster"]["Tags"])

try:
    emr.describe_cluster(ClusterId="j-NONE")
except emr.exceptions.InvalidRequestException as e:
    print("refused:", e.response["ErrorCode"], e.response["Error"]["Message"])
try:
    run(ReleaseLabel="emr-7.13.0", AmiVersion="3.8.0")
except ClientError as e:
    print("refused:", e.response["Error"]["Code"])

emr.terminate_job_flows(JobFlowIds=[cluster])
emr.get_waiter("cluster_terminated").wait(ClusterId=cluster, WaiterConfig=FAST)
print("terminated")
