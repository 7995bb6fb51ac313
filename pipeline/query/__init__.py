"""Questions put to a published corpus: DuckDB over its Parquet files."""
