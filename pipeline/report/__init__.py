"""The page that shows a corpus: `python -m pipeline report`.

corpus_view   the rows that are told of, open for questions in SQL
counting      articles, sentences, words by day and site; lengths
words, names  parts of speech, lemmas, roots, what the lexicon lacks; who and what is named
cleaning      what was taken out, rejected, repeated
making        models and their scores, speed by stage
samples       articles as annotated text
charts        the few kinds of chart that there are
page          all of it in one HTML file
"""
