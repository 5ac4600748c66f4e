"""Many articles: shards, workers, one Parquet file a shard, and runs that go on after any end."""

from framelens.corpus.run import CorpusOptions, CorpusResult, score_corpus
from framelens.corpus.shard import Scoring, ShardRows, score_shard

__all__ = ["CorpusOptions", "CorpusResult", "Scoring", "ShardRows", "score_corpus", "score_shard"]
