# A worker for Beam's portable runners, which start it as a DOCKER environment. `make image` builds it.
FROM apache/beam_python3.11_sdk:2.77.0 AS beam

# Not on top of Beam's image, whose own packages would meet our pins: of it the start program alone.
FROM python:3.11-slim-bookworm
COPY --from=beam /opt/apache/beam /opt/apache/beam

WORKDIR /opt/warraq
COPY requirements.txt ./
COPY dist/*.whl ./

# torch goes first and by itself, from where it has a build without GPU libraries.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN pip install --no-cache-dir --extra-index-url "$TORCH_INDEX" "$(grep '^torch==' requirements.txt)" \
 && pip install --no-cache-dir --constraint requirements.txt ./*.whl \
 && pip check

# The morphology database (GPL-2.0) is fetched and converted here; the taggers are in the wheel.
ENV WARRAQ_MODELS=/opt/warraq/models OMP_NUM_THREADS=1
RUN warraq models && warraq doctor

ENTRYPOINT ["/opt/apache/beam/boot"]
