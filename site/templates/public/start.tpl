{{<public/head}}
<h1>[[Tell us what is wrong]]</h1>
{{<public/emergency}}
<p>[[Is someone forced to work, tricked, threatened, or kept from leaving? It may be you, or someone you know. You can tell us here.]]</p>
<ul class="plain">
<li>[[You do not have to give your name.]]</li>
<li>[[You can skip every question but one.]]</li>
<li>[[Nothing is stored before you press Send.]]</li>
<li>[[You get a number, so that you can come back and read our answer.]]</li>
</ul>
{{#CLOSED}}<div class="note"><p>[[Reports cannot be sent here at the moment, because no team can read them yet. Please call one of these numbers.]]</p>
{{<public/channels}}
</div>{{/CLOSED}}
{{#OPEN}}<p><a class="button" href="/{{lang}}/form">[[Start a report]]</a></p>{{/OPEN}}
<p><a class="button second" href="/{{lang}}/check">[[Read an answer, or add to your report]]</a></p>
<h2>[[Read more]]</h2>
<ul>
{{#GUIDANCE}}<li><a href="/{{lang}}/p/{{number}}">{{title}}</a>{{#SUMMARY}} <small>{{text}}</small>{{/SUMMARY}}</li>
{{/GUIDANCE}}
</ul>
{{<public/foot}}
