package dev.onboard.local.dynamodb;

import dev.onboard.local.call.Environment;
import dev.onboard.local.call.Resumable;
import dev.onboard.local.dynamodb.value.Limits;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeEndpointsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/** DynamoDB. Streams, global tables, backups, imports and exports are refused by name. */
public final class LocalDynamoDb implements DynamoDbClient, Resumable {
  private static final long ENDPOINT_CACHE_MINUTES = 1440;

  private final Environment env;
  private final Expiry expiry;
  private final TableOperations tables;
  private final TableUpdates updates;
  private final TableSettings settings;
  private final ItemOperations items;
  private final ReadOperations reads;
  private final BatchOperations batches;
  private final TransactionOperations transactions;
  private final StatementOperations statements;

  public LocalDynamoDb(Environment env) {
    this.env = env;
    var known = new Tables(env.store());
    var definitions = new TableDefinitions(env);
    this.expiry = new Expiry(env, known);
    var writes = new Writes(env.store(), expiry, env.meter());
    var tokens = new Tokens(env.clock());
    this.tables = new TableOperations(env, known, definitions);
    this.updates = new TableUpdates(env, known, definitions);
    this.settings = new TableSettings(env, known, expiry);
    this.items = new ItemOperations(writes, known);
    this.reads = new ReadOperations(env, known);
    this.batches = new BatchOperations(writes, known);
    this.transactions = new TransactionOperations(writes, known, tokens);
    this.statements = new StatementOperations(writes, known, tokens);
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}

  @Override
  public void resume() {
    expiry.resume();
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return tables.create(request);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return tables.describe(request);
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return tables.delete(request);
  }

  @Override
  public ListTablesResponse listTables(ListTablesRequest request) {
    return tables.list(request);
  }

  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    return updates.update(request);
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    return settings.describeTimeToLive(request);
  }

  @Override
  public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    return settings.updateTimeToLive(request);
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    return settings.describeBackups(request);
  }

  @Override
  public UpdateContinuousBackupsResponse updateContinuousBackups(
      UpdateContinuousBackupsRequest request) {
    return settings.updateBackups(request);
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return settings.tag(request);
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return settings.untag(request);
  }

  @Override
  public ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
    return settings.tags(request);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return items.get(request);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return items.put(request);
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return items.update(request);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return items.delete(request);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return reads.query(request);
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return reads.scan(request);
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return batches.get(request);
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return batches.write(request);
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return transactions.get(request);
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return transactions.write(request);
  }

  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    return statements.execute(request);
  }

  @Override
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    return statements.batch(request);
  }

  @Override
  public ExecuteTransactionResponse executeTransaction(ExecuteTransactionRequest request) {
    return statements.transaction(request);
  }

  @Override
  public DescribeLimitsResponse describeLimits(DescribeLimitsRequest request) {
    return DescribeLimitsResponse.builder()
        .accountMaxReadCapacityUnits(Limits.ACCOUNT_CAPACITY)
        .accountMaxWriteCapacityUnits(Limits.ACCOUNT_CAPACITY)
        .tableMaxReadCapacityUnits(Limits.TABLE_CAPACITY)
        .tableMaxWriteCapacityUnits(Limits.TABLE_CAPACITY)
        .build();
  }

  @Override
  public DescribeEndpointsResponse describeEndpoints(DescribeEndpointsRequest request) {
    return DescribeEndpointsResponse.builder()
        .endpoints(e ->
            e.address(env.endpoint().get().getAuthority())
                .cachePeriodInMinutes(ENDPOINT_CACHE_MINUTES))
        .build();
  }
}
